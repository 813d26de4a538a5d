import { type AccuracySums, checkAccuracySums } from "./accuracy-sums";
import { checkConfidence, checkNonNegative, checkShare } from "./argument-check";
import { failureShareInterval } from "./failure-share-interval";
import type { Interval } from "./interval";
import { standardErrorFromSums } from "./standard-error-from-sums";
import { checkUnsureSums, emptyUnsureSums, type UnsureSums } from "./unsure-sums";
import { tieBelow } from "./weighted-clopper-pearson";
import { widenByUnknown } from "./widen-by-unknown";

/** Accuracy of a segment in a window. Shares are in [0, 1], with low ≤ mean ≤ high. */
export type Estimate = {
  /** Weighted share of right outputs among what was audited. */
  mean: number;
  low: number;
  high: number;
  /** Confidence level of low and high, e.g. 0.95. */
  level: number;
  /** Judged observations. Under 5 show "k wrong of n", not a percentage (`estimateReading`). */
  n: number;
  /** Kish: as many equally weighted reviews would be worth as much, in [1, n]. */
  effectiveN: number;
  /** In the unit of the mean; null for a single observation. */
  standardError: number | null;
  method: "weighted-clopper-pearson";
  /** Share of the traffic in strata without any judged sample; low and high allow for it being all wrong or all right. */
  unauditedShare: number;
  /** The mean if all unsure samples were wrong … right, sampling error left aside; null when none was unsure. */
  bounds: Interval | null;
  /** The limits if the unsure samples could be all wrong or all right; null when none was unsure. */
  boundsInterval: Interval | null;
  /** Weighted share of unsure samples among all that were processed. */
  unsureShare: number;
};

export type NoEstimateReason =
  /** Nothing was reviewed in the window. */
  | "no-reviews"
  /** Reviewed, but no reviewer could judge. */
  | "only-unsure";

export type AccuracyResult =
  | { estimate: Estimate; reason: null }
  | { estimate: null; reason: NoEstimateReason };

export type AccuracyOptions = {
  /** In (0, 1), default 0.95. */
  confidence?: number;
  /** Share of the traffic in strata without any judged sample, in [0, 1), default 0. */
  unauditedShare?: number;
  /** Samples that nobody could judge, default none. */
  unsure?: UnsureSums;
  /** Replaces the standard error of the sums, when a better one is known (`poststratifySums`). */
  standardError?: number | null;
};

type Limits = Interval & { mean: number };

/** Mean and weighted Clopper-Pearson limits. A remainder within the rounding of the sums counts as no error. */
function limitsOf(sums: AccuracySums, confidence: number): Limits {
  const { n, sumW, sumW2, sumWY, sumW2Y, maxWeight } = sums;
  const right = sumWY / sumW;
  const flip = right < tieBelow;
  const wrong = sumW - sumWY <= n * Number.EPSILON * sumW ? 0 : 1 - right;
  const share = flip ? right : wrong;
  const squared = flip ? sumW2Y : Math.max(0, sumW2 - sumW2Y);
  const squaredShare = share === 0 ? 0 : squared / sumW / sumW;
  const rarer = failureShareInterval({ share, squaredShare, largestShare: maxWeight / sumW }, confidence);
  const mean = flip ? right : 1 - wrong;
  const low = flip ? rarer.low : 1 - rarer.high;
  const high = flip ? rarer.high : 1 - rarer.low;
  return { mean, low: Math.min(low, mean), high: Math.max(high, mean) };
}

function boundsOf(sums: AccuracySums, unsure: UnsureSums): { bounds: Interval | null; unsureShare: number } {
  const { carriedW = 0, carriedWY = 0 } = unsure;
  if (unsure.sumW === 0) return { bounds: null, unsureShare: 0 };
  const judged = Math.max(0, sums.sumW - carriedW);
  const right = Math.min(judged, Math.max(0, sums.sumWY - carriedWY));
  const total = judged + unsure.sumW;
  const bounds = { low: right / total, high: Math.min(1, (right + unsure.sumW) / total) };
  return { bounds, unsureShare: unsure.sumW / total };
}

/**
 * Accuracy of a cell with its interval, from sums: the Hájek estimate with the weighted Clopper-Pearson interval.
 *
 * Formula: mean = Σ w y / Σ w; interval as `weightedClopperPearson` with v_max = maxWeight / Σ w; with a share s
 * of the traffic not audited, [(1−s) low, (1−s) high + s]; effective n = (Σ w)² / Σ w²; standard error as
 * `standardErrorFromSums`; bounds = [right, right + unsure] / (judged + unsure) in weights.
 *
 * @param sums accuracy sums of the cell, weights on one common scale.
 * @param options confidence, share not audited, unsure samples, a better standard error.
 * @returns the estimate, all shares in [0, 1]; null with a reason when nothing was judged.
 * @throws RangeError when the sums are impossible or an option is out of range.
 * @see Hájek 1971; Fay & Feuer, Statistics in Medicine 16, 1997, page 791; Manski 1995, chapter 2 (bounds).
 * @example accuracyFromSums(accuracySumsOf([1, 1, 0], [1, 1, 2])).estimate?.mean // 0.5
 */
export function accuracyFromSums(sums: AccuracySums, options: AccuracyOptions = {}): AccuracyResult {
  const { confidence = 0.95, unauditedShare = 0, unsure = emptyUnsureSums } = options;
  checkAccuracySums(sums);
  checkUnsureSums(unsure);
  checkConfidence(confidence);
  checkShare(unauditedShare, "The share not audited");
  if (sums.n === 0) return { estimate: null, reason: unsure.n > 0 ? "only-unsure" : "no-reviews" };
  if (unauditedShare === 1)
    throw new RangeError("The share not audited must be below 1 when there are reviews.");
  const given = options.standardError;
  if (given !== undefined && given !== null) checkNonNegative(given, "The standard error");
  const { mean, ...audited } = limitsOf(sums, confidence);
  const limits = widenByUnknown(audited, unauditedShare);
  const { bounds, unsureShare } = boundsOf(sums, unsure);
  const estimate: Estimate = {
    mean,
    ...limits,
    level: confidence,
    n: sums.n,
    effectiveN: Math.min(sums.n, sums.sumW / (sums.sumW2 / sums.sumW)),
    standardError: given === undefined ? standardErrorFromSums(sums) : given,
    method: "weighted-clopper-pearson",
    unauditedShare,
    bounds,
    boundsInterval: bounds && widenByUnknown(limits, unsureShare),
    unsureShare,
  };
  return { estimate, reason: null };
}
