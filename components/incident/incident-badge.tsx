import { BellOff, CircleCheck, TriangleAlert, UserCheck } from "lucide-react";

import { Badge } from "@/components/ui/badge";
import type { IncidentRow } from "@/lib/incident/schema";

export const STANDING_LOOK = {
  open: { label: "Open", tone: "alarm", icon: TriangleAlert },
  acknowledged: { label: "Acknowledged", tone: "warn", icon: UserCheck },
  muted: { label: "Muted", tone: "neutral", icon: BellOff },
  resolved: { label: "Resolved", tone: "good", icon: CircleCheck },
} as const;

/** Where an incident stands: a word and a shape beside the colour. */
export function IncidentBadge({ standing }: { standing: IncidentRow["standing"] }) {
  const { label, tone, icon: Icon } = STANDING_LOOK[standing];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" />
      {label}
    </Badge>
  );
}
