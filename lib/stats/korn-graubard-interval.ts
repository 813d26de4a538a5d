import { checkConfidence, checkLabels, sumOfWeights } from "./argument-check";
import { betaQuantile } from "./beta-quantile";
import type { Interval } from "./interval";
import { studentQuantile } from "./student-quantile";

export type StratifiedSample = {
  /** n labels y in [0, 1]. */
  correct: readonly number[];
  /** n positive weights. */
  weights: readonly number[];
  /** n names of strata; by default all are in one. */
  strata?: readonly string[];
};

/** Linearised variance of the weighted mean: Σ n_h / (n_h − 1) Σ (z − z̄_h)² over the strata, z = v (y − mean). */
function designVariance(scores: readonly number[], strata: readonly string[]): number | null {
  const groups = new Map<string, number[]>();
  for (const [i, score] of scores.entries()) {
    const name = strata[i] ?? "";
    groups.set(name, [...(groups.get(name) ?? []), score]);
  }
  let variance = 0;
  for (const group of groups.values()) {
    if (group.length === 1) return null;
    const mean = group.reduce((sum, score) => sum + score, 0) / group.length;
    const squares = group.reduce((sum, score) => sum + (score - mean) ** 2, 0);
    variance += (group.length / (group.length - 1)) * squares;
  }
  return variance;
}

/**
 * Korn-Graubard interval of a weighted share, as survey software reports it; here for comparison only. After
 * over-sampling its coverage falls to 54 % where 95 % is claimed: use `weightedClopperPearson`.
 *
 * Formula: n* = mean (1 − mean) / variance · (t(n − 1) / t(n − H))², H strata; limits = Beta quantiles with
 * shapes n* mean, n* (1 − mean) + 1 and n* mean + 1, n* (1 − mean). n* is not truncated at n.
 *
 * @param sample labels, weights of any common scale, strata. @param confidence in (0, 1), default 0.95.
 * @returns mean and limits, shares in [0, 1]; null without observations, with a stratum of one observation, or
 *   when no variance can be seen (all labels equal).
 * @throws RangeError when lengths differ, a label is outside 0 to 1 or a weight is not positive.
 * @see Korn & Graubard, Survey Methodology 24, 1998, page 193; R survey 4.1, svyciprop(method = "beta").
 * @example kornGraubardInterval({ correct: [1, 1, 0, 1], weights: [1, 1, 1, 1] })?.mean // 0.75
 */
export function kornGraubardInterval(
  sample: StratifiedSample,
  confidence = 0.95,
): (Interval & { mean: number }) | null {
  const { correct, weights } = sample;
  checkConfidence(confidence);
  checkLabels(correct, weights.length);
  const strata = sample.strata ?? correct.map(() => "");
  if (strata.length !== correct.length) {
    throw new RangeError(`There must be one stratum per label, got ${strata.length} for ${correct.length}.`);
  }
  const sum = sumOfWeights(weights);
  const n = correct.length;
  const shares = weights.map((weight) => weight / sum);
  const mean = correct.reduce((total, y, i) => total + (shares[i] ?? 0) * y, 0);
  const scores = correct.map((y, i) => (shares[i] ?? 0) * (y - mean));
  const variance = designVariance(scores, strata);
  if (variance === null || !(variance > 0) || correct.every((y) => y === correct[0])) return null;
  const tail = (1 - confidence) / 2;
  const ratio = studentQuantile(tail, n - 1) / studentQuantile(tail, n - new Set(strata).size);
  const effectiveN = ((mean * (1 - mean)) / variance) * ratio * ratio;
  return {
    mean,
    low: betaQuantile(tail, effectiveN * mean, effectiveN * (1 - mean) + 1),
    high: betaQuantile(1 - tail, effectiveN * mean + 1, effectiveN * (1 - mean)),
  };
}
