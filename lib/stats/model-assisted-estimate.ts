import { checkConfidence, checkLabels, checkShare, sumOfWeights } from "./argument-check";
import type { Interval } from "./interval";
import { kishEffectiveN } from "./kish-effective-n";
import { modelAssistedInterval } from "./model-assisted-interval";

export type ScoredSample = {
  /** n labels y in [0, 1]. */
  correct: readonly number[];
  /** n scores f in [0, 1], stored before the label was known. */
  scores: readonly number[];
  /** n positive weights. */
  weights: readonly number[];
  /** Mean score of all outputs, reviewed or not. */
  populationScoreMean: number;
};

export type ModelAssistedEstimate = Interval & {
  mean: number;
  /** Null for a single label. */
  standardError: number | null;
  /** Slope of the labels on the scores. */
  slope: number;
  /** The slope clipped to [0, 1]: how far the score is trusted. */
  trust: number;
  n: number;
  effectiveN: number;
};

type Moments = { labelMean: number; scoreMean: number; slope: number; squaredCorrelation: number };

function weightedMoments({ correct, scores }: ScoredSample, shares: readonly number[]): Moments {
  const mean = (values: readonly number[]) => values.reduce((sum, x, i) => sum + (shares[i] ?? 0) * x, 0);
  const labelMean = mean(correct);
  const scoreMean = mean(scores);
  let scoreSquares = 0;
  let labelSquares = 0;
  let products = 0;
  for (const [i, y] of correct.entries()) {
    const v = shares[i] ?? 0;
    const score = (scores[i] ?? 0) - scoreMean;
    scoreSquares += v * score * score;
    labelSquares += v * (y - labelMean) ** 2;
    products += v * score * (y - labelMean);
  }
  const slope = scoreSquares > 0 ? products / scoreSquares : 0;
  const squaredCorrelation = scoreSquares > 0 && labelSquares > 0 ? (slope * products) / labelSquares : 0;
  return { labelMean, scoreMean, slope, squaredCorrelation: Math.min(1, squaredCorrelation) };
}

/**
 * Difference estimate of accuracy: the labels' mean, moved by what the scores say about the outputs without one.
 *
 * Formula: mean = ȳ + λ (f̄_all − f̄); se² = n/(n−1) Σ v² (y − ȳ − λ (f − f̄))²; v = w / Σ w, bars are means
 * weighted by v. Unbiased whatever the score is worth.
 *
 * @param sample labels, scores, weights (n each, n ≥ 1) and the mean score of all outputs.
 * @param trust λ, any finite number. @returns mean (it may lie outside of 0 to 1) and standard error, null for n = 1.
 * @see Särndal, Swensson & Wretman, Model Assisted Survey Sampling, 1992, chapter 6; R survey, calibrate.
 * @example differenceEstimate({ correct: [1, 0], scores: [1, 0], weights: [1, 1], populationScoreMean: 0.6 }, 1).mean
 *   // 0.6
 */
export function differenceEstimate(
  sample: ScoredSample,
  trust: number,
): { mean: number; standardError: number | null } {
  const { correct, scores, weights, populationScoreMean } = sample;
  const sum = sumOfWeights(weights);
  const shares = weights.map((weight) => weight / sum);
  const { labelMean, scoreMean } = weightedMoments(sample, shares);
  let squares = 0;
  for (const [i, y] of correct.entries()) {
    const residual = y - labelMean - trust * ((scores[i] ?? 0) - scoreMean);
    squares += ((shares[i] ?? 0) * residual) ** 2;
  }
  const n = correct.length;
  return {
    mean: labelMean + trust * (populationScoreMean - scoreMean),
    standardError: n === 1 ? null : Math.sqrt((n / (n - 1)) * squares),
  };
}

/**
 * Model-assisted estimate of accuracy (GREG, PPI++): labels corrected by a score that every output has.
 *
 * Formula: slope B = Σ v (f − f̄)(y − ȳ) / Σ v (f − f̄)², λ = B clipped to [0, 1], then `differenceEstimate`; the
 * interval comes from `modelAssistedInterval`. With equal labels λ has nothing to go by, and the mean is ȳ.
 * Only for scores that were stored before any label, by one version of the score, not trained on these labels,
 * known of all outputs of the cell, and with at least 10 right and 10 wrong reviews; otherwise show the plain
 * estimate.
 *
 * @param sample labels, scores, weights and the mean score of all outputs. @param confidence in (0, 1).
 * @returns estimate and limits, shares in [0, 1]; null without labels, and when the correction leads out of
 *   0 to 1 or to its ends (show the plain estimate).
 * @throws RangeError when lengths differ or a label, score or weight is out of range.
 * @see Särndal, Swensson & Wretman 1992, chapter 6; Angelopoulos, Duchi & Zrnic, "PPI++", arXiv 2311.01453.
 * @example modelAssistedEstimate({ correct: [1, 1, 0, 1], scores: [0.9, 0.8, 0.1, 1], weights: [1, 1, 1, 1],
 *   populationScoreMean: 0.8 })?.mean // 0.85
 */
export function modelAssistedEstimate(sample: ScoredSample, confidence = 0.95): ModelAssistedEstimate | null {
  const { correct, scores, weights, populationScoreMean } = sample;
  checkConfidence(confidence);
  checkLabels(correct, weights.length);
  checkShare(populationScoreMean, "The mean score of all outputs");
  for (const score of scores) checkShare(score, "Every score");
  if (scores.length !== correct.length) {
    throw new RangeError(`There must be one score per label, got ${scores.length} for ${correct.length}.`);
  }
  const sum = sumOfWeights(weights);
  const kish = kishEffectiveN(weights);
  if (kish === null) return null;
  const moments = weightedMoments(
    sample,
    weights.map((weight) => weight / sum),
  );
  const areEqual = correct.every((y) => y === correct[0]);
  const slope = areEqual ? 0 : moments.slope;
  const trust = Math.min(1, Math.max(0, slope));
  const { mean: estimate, standardError } = differenceEstimate(sample, trust);
  const mean = areEqual ? (correct[0] ?? 0) : estimate;
  if (!(mean >= 0 && mean <= 1)) return null;
  const variance = areEqual || standardError === null ? null : standardError ** 2;
  const { squaredCorrelation } = moments;
  const interval = modelAssistedInterval(
    { mean, variance, kishN: kish.effectiveN, squaredCorrelation },
    confidence,
  );
  return interval && { mean, standardError, slope, trust, n: correct.length, ...interval };
}
