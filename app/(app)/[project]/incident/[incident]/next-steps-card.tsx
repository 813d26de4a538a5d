import { compareAddress } from "@/app/(app)/[project]/accuracy/compare/compare-state";
import { incidentSteps, suspectRelease } from "@/components/incident/next-steps";
import { Card } from "@/components/ui/card";
import type { AccuracyIncident } from "@/lib/incident/schema";

import { WhatToDo } from "./what-to-do";

/** What to do about a drop of accuracy, the most useful first. */
export function NextSteps({
  slug,
  canManage,
  detail,
  wrong,
}: {
  slug: string;
  canManage: boolean;
  detail: AccuracyIncident;
  /** Reviewed outputs behind it that are wrong. */
  wrong: number;
}) {
  const steps = incidentSteps(detail, { wrong }, canManage);
  if (steps.length === 0) return null;
  const suspect = suspectRelease(detail);
  return (
    <Card title={detail.standing === "resolved" ? "Since then" : "What to do"}>
      <WhatToDo
        steps={steps}
        hrefs={{
          outputs: `/${slug}/incident/${detail.id}?show=wrong#outputs`,
          ...(suspect ? { release: compareAddress(slug, { later: suspect.model_version }) } : {}),
        }}
      />
    </Card>
  );
}
