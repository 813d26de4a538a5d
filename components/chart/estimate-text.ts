import { formatInterval, formatPercent } from "@/lib/core/format";
import type { AccuracyEstimate } from "@/lib/estimate/schema";

/** "86.4 %"; where reviewers could not judge too many, the range between all of those wrong and all right: "84 to 93 %". */
export function accuracyText(estimate: AccuracyEstimate): string {
  return isBounded(estimate) ? formatInterval(estimate.bounds) : formatPercent(estimate.mean);
}

/** The range of 95 %; it holds whatever the outputs were that nobody could judge. */
export function accuracyRange(estimate: AccuracyEstimate): { low: number; high: number } {
  return isBounded(estimate) ? estimate.bounds_interval : { low: estimate.low, high: estimate.high };
}

type Interval = { low: number; high: number };

/** Whether a range stands in for a number. */
export function isBounded(
  estimate: AccuracyEstimate,
): estimate is AccuracyEstimate & { bounds: Interval; bounds_interval: Interval } {
  return estimate.reading === "bounds" && estimate.bounds !== null && estimate.bounds_interval !== null;
}
