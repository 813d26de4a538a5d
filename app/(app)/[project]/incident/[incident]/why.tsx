import { ArrowLeftRight, CircleDashed, Cpu, Scale } from "lucide-react";

import type { TrafficOrModel } from "@/components/incident/traffic-or-model";

const ICON = { model: Cpu, traffic: ArrowLeftRight, both: Scale, unclear: CircleDashed } as const;

/** Traffic or model, in one sentence with what it rests on. */
export function Why({ reason }: { reason: TrafficOrModel }) {
  const Icon = ICON[reason.kind];
  return (
    <div className="flex gap-2.5 text-sm">
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-accent-ink" />
      <div className="min-w-0">
        <p className="font-medium text-ink text-pretty">{reason.headline}</p>
        {reason.details.map((detail) => (
          <p key={detail} className="mt-1 text-muted text-pretty">
            {detail}
          </p>
        ))}
      </div>
    </div>
  );
}
