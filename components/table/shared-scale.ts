import { FEWEST_FOR_PERCENT } from "@/components/chart/chart-rows";
import type { AccuracyEstimate, SegmentRow } from "@/lib/estimate/schema";

/** Under five reviews there is no percentage to show. */
export function shownEstimate(row: SegmentRow): AccuracyEstimate | null {
  return row.estimate && row.estimate.n >= FEWEST_FOR_PERCENT ? row.estimate : null;
}

/** One scale for every sparkline and whisker of the table; half of it may be empty, but shapes can be compared. */
export function sharedScale(rows: readonly SegmentRow[]): { min: number; max: number } {
  const lows = rows.flatMap((row) => [
    ...(shownEstimate(row) ? [shownEstimate(row)?.low ?? 1] : []),
    ...row.spark.flatMap((point) =>
      point.mean !== null && point.n >= FEWEST_FOR_PERCENT ? [point.mean] : [],
    ),
  ]);
  const lowest = Math.min(...lows, 1);
  return { min: Math.max(0, Math.floor(lowest * 20) / 20), max: 1 };
}
