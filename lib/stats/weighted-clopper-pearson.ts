import { checkConfidence, checkLabels, sumOfWeights } from "./argument-check";
import { failureShareInterval } from "./failure-share-interval";
import type { Interval } from "./interval";

export type WeightedSample = {
  /** n labels y in [0, 1]. */
  correct: readonly number[];
  /** n positive weights. */
  weights: readonly number[];
  /** Largest weight among the observations and the strata with traffic; by default the largest one given. */
  maxWeight?: number;
};

/** A mean this close below one half is a tie that rounding must not decide: the wrong outputs are counted. */
export const tieBelow = 0.5 - 1e-9;

/**
 * Weighted Clopper-Pearson interval of accuracy ("wCP").
 *
 * Formula: v_i = w_i / Σ w; the rarer outcome d (wrong, or right when the mean is below ½) gives e = Σ v d,
 * K = Σ v² d and v_max = maxWeight / Σ w, and its limits come from `failureShareInterval`. With equal weights it
 * is exactly Clopper-Pearson from n = 3 on, wider for one or two. It does not collapse when nothing wrong was seen.
 *
 * @param sample labels in [0, 1], positive weights of any common scale, and the largest weight (≥ each weight).
 * @param confidence in (0, 1), default 0.95.
 * @returns mean and limits, shares in [0, 1] with low ≤ mean ≤ high; null without observations.
 * @throws RangeError when lengths differ, a label is outside 0 to 1, a weight is not positive, maxWeight is
 *   smaller than a weight, or the confidence is outside 0 to 1.
 * @see Fay & Feuer, Statistics in Medicine 16, 1997, page 791; Bayer, Fay & Graubard, arXiv 2205.13494.
 * @example weightedClopperPearson({ correct: [1, 1, 1], weights: [2, 2, 1] })?.high // 1
 */
export function weightedClopperPearson(
  sample: WeightedSample,
  confidence = 0.95,
): (Interval & { mean: number }) | null {
  const { correct, weights } = sample;
  checkConfidence(confidence);
  checkLabels(correct, weights.length);
  const sum = sumOfWeights(weights);
  if (weights.length === 0) return null;
  const largest = weights.reduce((max, weight) => Math.max(max, weight), 0);
  const maxWeight = sample.maxWeight ?? largest;
  if (!(maxWeight >= largest && maxWeight < Infinity)) {
    throw new RangeError(`maxWeight must be finite and at least the largest weight, got ${maxWeight}.`);
  }
  const shares = weights.map((weight) => weight / sum);
  const right = correct.reduce((total, y, i) => total + (shares[i] ?? 0) * y, 0);
  const flip = right < tieBelow;
  let share = 0;
  let squaredShare = 0;
  for (const [i, y] of correct.entries()) {
    const v = shares[i] ?? 0;
    const d = flip ? y : 1 - y;
    share += v * d;
    squaredShare += v * v * d;
  }
  const rarer = failureShareInterval({ share, squaredShare, largestShare: maxWeight / sum }, confidence);
  const mean = flip ? share : 1 - share;
  const low = flip ? rarer.low : 1 - rarer.high;
  const high = flip ? rarer.high : 1 - rarer.low;
  return { mean, low: Math.min(low, mean), high: Math.max(high, mean) };
}
