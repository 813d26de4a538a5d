"use client";

import { Explain } from "@/components/ui/explain";
import type { ReviewQueueStatus } from "@/lib/review/wire-schema";
import { forecastWords } from "./forecast-words";
import { prefixMeaning, prefixWords } from "./prefix-words";

/** How long what is left takes this person. */
export function Forecast({ queue, left }: { queue: ReviewQueueStatus; left: number }) {
  const forecast = forecastWords(queue, left);
  return forecast ? (
    <span
      className="hidden sm:inline"
      title="From your last reviews: four of five sessions end within this time"
    >
      , {forecast}
    </span>
  ) : null;
}

/** How far everybody together has come without a gap, and what a stop here would leave. */
export function PlanPrefixLine({ queue, timeZone }: { queue: ReviewQueueStatus; timeZone: string }) {
  if (!queue.prefix) return null;
  const words = prefixWords(queue.prefix);
  return (
    <span className="inline-flex items-center text-sm text-muted tabular">
      {words}
      <Explain of={words}>{prefixMeaning(queue.prefix, timeZone)}</Explain>
    </span>
  );
}
