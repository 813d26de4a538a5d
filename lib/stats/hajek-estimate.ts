import { checkLabels, sumOfWeights } from "./argument-check";
import { kishEffectiveN } from "./kish-effective-n";

export type HajekEstimate = {
  /** Weighted share of right outputs, in [0, 1]. */
  mean: number;
  /** In the unit of the mean; null for a single observation. */
  standardError: number | null;
  n: number;
  effectiveN: number;
};

/**
 * Hájek estimate of accuracy: the weighted mean of the labels, with its linearised standard error.
 *
 * Formula: v_i = w_i / Σ w; mean = Σ v_i y_i; se² = n/(n−1) · Σ v_i² (y_i − mean)².
 *
 * @param correct n labels y in [0, 1]: 1 right, 0 wrong, fractions for graded rubrics.
 * @param weights n positive weights w = 1/π; their common scale does not matter.
 * @returns mean, standard error (shares in [0, 1]), n and Kish's effective n; null without observations.
 * @throws RangeError when the lengths differ, a label is outside 0 to 1 or a weight is not positive.
 * @see Hájek, comment in Godambe & Sprott (eds.), Foundations of Statistical Inference, 1971; Särndal,
 *   Swensson & Wretman 1992, result 5.7.1.
 * @example hajekEstimate([1, 1, 0], [1, 1, 2])?.mean // 0.5
 */
export function hajekEstimate(correct: readonly number[], weights: readonly number[]): HajekEstimate | null {
  checkLabels(correct, weights.length);
  const sum = sumOfWeights(weights);
  const kish = kishEffectiveN(weights);
  if (kish === null) return null;
  const n = correct.length;
  const observations = correct.map((y, i) => ({ y, v: (weights[i] ?? 0) / sum }));
  let mean = 0;
  for (const { y, v } of observations) mean += v * y;
  mean = Math.min(1, mean);
  let squares = 0;
  for (const { y, v } of observations) squares += (v * (y - mean)) ** 2;
  const standardError = n === 1 ? null : Math.sqrt((n / (n - 1)) * squares);
  return { mean, standardError, n, effectiveN: kish.effectiveN };
}
