"use client";

import { Explain } from "@/components/ui/explain";
import type { ReviewQueueStatus } from "@/lib/review/wire-schema";
import { prefixMeaning, prefixWords } from "./prefix-words";

/** How far everybody together has come without a gap, and what a stop here would leave. */
export function PlanPrefixLine({
  prefix,
  timeZone,
}: {
  prefix: NonNullable<ReviewQueueStatus["prefix"]>;
  timeZone: string;
}) {
  const words = prefixWords(prefix);
  return (
    <span className="inline-flex items-center whitespace-nowrap text-sm text-muted tabular">
      {words}
      <Explain of={words}>{prefixMeaning(prefix, timeZone)}</Explain>
    </span>
  );
}
