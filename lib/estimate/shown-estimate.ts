import type { Estimate } from "@/lib/stats/accuracy-from-sums";
import { estimateReading } from "@/lib/stats/estimate-reading";
import { gapMover } from "@/lib/stats/gap-mover";
import type { AccuracyEstimate, AccuracyGap } from "./schema";

/** An estimate of the statistics as the API shows it. */
export function shownEstimate(estimate: Estimate): AccuracyEstimate {
  const { mean, low, high, level, n, effectiveN, method, unauditedShare, unsureShare, bounds } = estimate;
  return {
    mean,
    low,
    high,
    level,
    n,
    effective_n: effectiveN,
    method,
    unaudited_share: unauditedShare,
    unsure_share: unsureShare,
    bounds,
    bounds_interval: estimate.boundsInterval,
    reading: estimateReading(estimate),
  };
}

/** Production against the pilot; null when one of them is missing. */
export function gapToPilot(
  pilot: AccuracyEstimate | null | undefined,
  production: AccuracyEstimate | null | undefined,
): AccuracyGap | null {
  if (!pilot || !production) return null;
  const { gap, low, high } = gapMover(withinLimits(pilot), withinLimits(production));
  return { difference: gap, low, high };
}

/** Where a range stands in for the number, the gap has to hold over all of that range. */
function withinLimits({ mean, low, high, reading, bounds_interval }: AccuracyEstimate) {
  return clampedMean({ mean, ...((reading === "bounds" && bounds_interval) || { low, high }) });
}

/** Of a cell with unaudited traffic the mean of the audited part may lie outside of the widened interval by rounding. */
function clampedMean({ mean, low, high }: { mean: number; low: number; high: number }) {
  return { mean: Math.min(high, Math.max(low, mean)), low, high };
}
