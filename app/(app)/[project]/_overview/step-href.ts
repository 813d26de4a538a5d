import { segmentText } from "@/app/(app)/[project]/accuracy/view-state";
import { outputAddress } from "@/app/(app)/[project]/output/output-address";
import type { SegmentTable } from "@/lib/estimate/schema";

import type { NextStep } from "./next-step";

/** Where the next step is taken; null where there is nothing to open. */
export function stepHref(
  slug: string,
  step: NextStep,
  worst: { attribute: string; value: string } | undefined,
  { from, to }: SegmentTable,
): string | null {
  switch (step.path) {
    case "wrong":
      return outputAddress(slug, {
        from,
        to,
        phase: "production",
        state: "counted",
        verdict: "incorrect",
        ...(step.segment && worst ? { segment: [segmentText(worst)] } : {}),
      });
    case "members":
    case "planner":
      return `/${slug}/setting/${step.path}`;
    case null:
      return null;
    default:
      return `/${slug}/${step.path}`;
  }
}
