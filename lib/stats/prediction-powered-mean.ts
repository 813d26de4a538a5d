import { checkConfidence, checkShare } from "./argument-check";
import type { Interval } from "./interval";
import { modelAssistedInterval } from "./model-assisted-interval";
import { normalQuantile } from "./normal-quantile";

export type PredictionPoweredSample = {
  /** n labels y in [0, 1] of equal weight. */
  correct: readonly number[];
  /** n scores f in [0, 1] of the labelled outputs. */
  scores: readonly number[];
  /** N scores of the other outputs. */
  unlabeledScores: readonly number[];
};

export type PredictionPoweredMean = Interval & {
  mean: number;
  /** λ: how far the score is trusted. */
  trust: number;
  effectiveN: number;
  /** The authors' interval, mean ± z standard errors; it covers too seldom near 0 and 1. */
  normal: Interval;
};

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sum of the products of deviations from the means. */
function products(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  return a.reduce((sum, value, i) => sum + (value - meanA) * ((b[i] ?? 0) - meanB), 0);
}

/** λ that makes the variance smallest: slope over all scores / (1 + n / N), clipped to [0, 1]. */
function tunedTrust({ correct, scores, unlabeledScores }: PredictionPoweredSample): number {
  const all = [...scores, ...unlabeledScores];
  const variance = products(all, all) / (all.length - 1);
  if (!(variance > 0)) return 0;
  const ratio = 1 + correct.length / unlabeledScores.length;
  return Math.min(1, Math.max(0, products(scores, correct) / correct.length / (ratio * variance)));
}

/**
 * Prediction-powered mean (PPI++): the model-assisted estimate as its authors write it, with labelled and other
 * outputs kept apart and equal weights. `modelAssistedEstimate` is its form for samples with known probabilities.
 *
 * Formula: mean = λ f̄_unlabeled + mean of (y − λ f); variance = λ² var(f_unlabeled) / N + var(y − λ f) / n. The
 * limits come from `modelAssistedInterval`, the authors' normal ones are given for comparison.
 *
 * @param sample labels and scores (n each), and N other scores.
 * @param options trust λ in [0, 1], by default tuned; confidence in (0, 1), default 0.95.
 * @returns estimate and limits, shares in [0, 1] (the normal limits may lie outside); null with fewer than two
 *   labels or other scores, and when the estimate leaves 0 to 1 or no number of labels explains it.
 * @throws RangeError when lengths differ or a number is out of range.
 * @see Angelopoulos, Duchi & Zrnic, "PPI++: Efficient prediction-powered inference", arXiv 2311.01453.
 * @example predictionPoweredMean({ correct: [1, 0, 1], scores: [0.9, 0.2, 0.8], unlabeledScores: [0.7, 0.9] },
 *   { trust: 1 })?.mean // 0.8333…
 */
export function predictionPoweredMean(
  sample: PredictionPoweredSample,
  options: { trust?: number; confidence?: number } = {},
): PredictionPoweredMean | null {
  const { correct, scores, unlabeledScores } = sample;
  const { confidence = 0.95 } = options;
  checkConfidence(confidence);
  for (const label of correct) checkShare(label, "Every label");
  if (scores.length !== correct.length) {
    throw new RangeError(`There must be one score per label, got ${scores.length} for ${correct.length}.`);
  }
  for (const score of [...scores, ...unlabeledScores]) checkShare(score, "Every score");
  if (options.trust !== undefined) checkShare(options.trust, "The trust");
  const [n, others] = [correct.length, unlabeledScores.length];
  if (n < 2 || others < 2) return null;
  const trust = options.trust ?? tunedTrust(sample);
  const rest = correct.map((y, i) => y - trust * (scores[i] ?? 0));
  const mean = trust * meanOf(unlabeledScores) + meanOf(rest);
  if (!(mean >= 0 && mean <= 1)) return null;
  const scorePart = trust * trust * products(unlabeledScores, unlabeledScores);
  const restPart = products(rest, rest);
  const half =
    normalQuantile((1 + confidence) / 2) * Math.sqrt(scorePart / (others * others) + restPart / (n * n));
  const labelSquares = products(correct, correct);
  const scoreSquares = products(scores, scores);
  const interval = modelAssistedInterval(
    {
      mean,
      variance: labelSquares > 0 ? scorePart / (others * (others - 1)) + restPart / (n * (n - 1)) : null,
      kishN: n,
      squaredCorrelation:
        labelSquares > 0 && scoreSquares > 0
          ? Math.min(1, products(scores, correct) ** 2 / (labelSquares * scoreSquares))
          : 0,
    },
    confidence,
  );
  return interval && { mean, trust, ...interval, normal: { low: mean - half, high: mean + half } };
}
