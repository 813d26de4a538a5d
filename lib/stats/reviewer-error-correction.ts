import { checkConfidence } from "./argument-check";
import { checkGoldCounts, type GoldCounts } from "./gold-accuracy";
import type { Interval } from "./interval";
import { normalQuantile } from "./normal-quantile";

export type ReviewedCounts = {
  /** Reviewed outputs, ≥ 0; with weights their effective number (Kish), fractions allowed. */
  reviewed: number;
  /** How many of them were called wrong, at most `reviewed`; with weights share · effective number. */
  calledWrong: number;
};

export type NoCorrectionReason =
  /** Nothing was reviewed. */
  | "no-reviews"
  /** There are no wrong, or no right, gold items: sensitivity or specificity is unknown. */
  | "no-gold"
  /** Se + Sp ≤ 1.1: the labels say so little about the truth that no correction would be trustworthy. */
  | "unreliable-reviewers";

export type CorrectedAccuracy =
  | { accuracy: Interval & { mean: number }; reason: null }
  | { accuracy: null; reason: NoCorrectionReason };

/** Below this sum of sensitivity and specificity a correction is refused (1 is pure guessing). */
const leastSum = 1.1;

function clip(share: number): number {
  return Math.min(1, Math.max(0, share));
}

/** Lang and Reiczigel's limits of the error rate. */
function limitsOf(counts: ReviewedCounts, gold: GoldCounts, z: number): Interval {
  const n = counts.reviewed + z * z;
  const p = (counts.calledWrong + (z * z) / 2) / n;
  const sensitivity = (gold.wrongCalledWrong + 1) / (gold.wrong + 2);
  const specificity = (gold.rightCalledRight + 1) / (gold.right + 2);
  const slope = sensitivity + specificity - 1;
  const error = (p + specificity - 1) / slope;
  const varianceSe = (sensitivity * (1 - sensitivity)) / (gold.wrong + 2);
  const varianceSp = (specificity * (1 - specificity)) / (gold.right + 2);
  const shift = 2 * z * z * (error * varianceSe - (1 - error) * varianceSp);
  const variance = (p * (1 - p)) / n + error ** 2 * varianceSe + (1 - error) ** 2 * varianceSp;
  const half = (z * Math.sqrt(variance)) / slope;
  return { low: clip(error + shift - half), high: clip(error + shift + half) };
}

/**
 * Accuracy corrected for the errors of the reviewers, from their gold items (Rogan and Gladen).
 *
 * Formula: error rate e = clip((p + Sp − 1) / (Se + Sp − 1)) with p = called wrong / reviewed; accuracy 1 − e.
 * Limits of Lang and Reiczigel with z: n' = n + z², p' = (x + z²/2)/n', Se' = (k + 1)/(n_Se + 2), Sp' likewise,
 * J = Se' + Sp' − 1, e' = (p' + Sp' − 1)/J, shift = 2z² (e' v_Se − (1 − e') v_Sp) with v = s'(1 − s')/(n_s + 2),
 * half = z √(p'(1 − p')/n' + e'² v_Se + (1 − e')² v_Sp) / J; e' + shift ∓ half, clipped to 0 and 1. An estimate
 * outside of them (when it was clipped) widens them.
 *
 * @param counts reviewed outputs. @param gold gold items of the same reviewers, judged as blindly.
 * @param confidence in (0, 1), default 0.95.
 * @returns accuracy with limits, shares in [0, 1]; null with a reason when no correction is possible.
 * @throws RangeError when a count is negative, not finite or exceeds its total, a gold count is not whole, or
 *   the confidence is not strictly between 0 and 1.
 * @see Rogan & Gladen, American J. of Epidemiology 107, 1978; Lang & Reiczigel, Preventive Veterinary Medicine
 *   113, 2014.
 * @example correctReviewerErrors({ reviewed: 200, calledWrong: 16 },
 *   { wrong: 40, wrongCalledWrong: 35, right: 60, rightCalledRight: 57 }).accuracy?.mean // 0.963…
 */
export function correctReviewerErrors(
  counts: ReviewedCounts,
  gold: GoldCounts,
  confidence = 0.95,
): CorrectedAccuracy {
  const { reviewed, calledWrong } = counts;
  checkConfidence(confidence);
  checkGoldCounts(gold);
  if (!(calledWrong >= 0 && calledWrong <= reviewed && reviewed < Infinity)) {
    throw new RangeError(
      `Called wrong must lie between 0 and a finite number reviewed, got ${calledWrong} of ${reviewed}.`,
    );
  }
  if (reviewed === 0) return { accuracy: null, reason: "no-reviews" };
  if (gold.wrong === 0 || gold.right === 0) return { accuracy: null, reason: "no-gold" };
  const sensitivity = gold.wrongCalledWrong / gold.wrong;
  const specificity = gold.rightCalledRight / gold.right;
  // With few gold items the shrunk Se' + Sp' can be near 1 although Se + Sp is not, and the limits divide by their excess.
  const shrunk =
    (gold.wrongCalledWrong + 1) / (gold.wrong + 2) + (gold.rightCalledRight + 1) / (gold.right + 2);
  if (Math.min(sensitivity + specificity, shrunk) <= leastSum) {
    return { accuracy: null, reason: "unreliable-reviewers" };
  }
  const error = clip((calledWrong / reviewed + specificity - 1) / (sensitivity + specificity - 1));
  const limits = limitsOf(counts, gold, normalQuantile((1 + confidence) / 2));
  const accuracy = {
    mean: 1 - error,
    low: 1 - Math.max(error, limits.high),
    high: 1 - Math.min(error, limits.low),
  };
  return { accuracy, reason: null };
}
