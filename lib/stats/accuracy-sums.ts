import { checkLabels, checkNonNegative, sumOfWeights } from "./argument-check";

/** Everything an accuracy estimate needs to know of n observations with weights w > 0 and labels y in [0, 1]. */
export type AccuracySums = {
  /** Number of observations (after merging clusters), an integer ≥ 0. */
  n: number;
  /** Σ w. */
  sumW: number;
  /** Σ w². */
  sumW2: number;
  /** Σ w y. */
  sumWY: number;
  /** Σ w² y. */
  sumW2Y: number;
  /** Σ w² y². */
  sumW2YY: number;
  /** Largest weight among the observations and the strata with traffic; may be above 0 with n = 0. */
  maxWeight: number;
};

/** The sums of no observation: the neutral element of `addAccuracySums`. */
export const emptyAccuracySums: Readonly<AccuracySums> = {
  n: 0,
  sumW: 0,
  sumW2: 0,
  sumWY: 0,
  sumW2Y: 0,
  sumW2YY: 0,
  maxWeight: 0,
};

/** Relative rounding slack for sums that were added in any order. */
const slack = 1 + 1e-9;

/** Throws a RangeError unless the sums can come from weights above 0 and labels in [0, 1]. */
export function checkAccuracySums(sums: AccuracySums): void {
  for (const [name, value] of Object.entries(sums)) checkNonNegative(value, name);
  const { n, sumW, sumW2, sumWY, sumW2Y, sumW2YY, maxWeight } = sums;
  if (!Number.isInteger(n)) throw new RangeError(`n must be an integer, got ${n}.`);
  if (n === 0 && sumW + sumW2 + sumWY + sumW2Y + sumW2YY > 0) {
    throw new RangeError("Sums of no observation must be 0.");
  }
  if (n > 0 && !(sumW > 0 && sumW2 > 0)) {
    throw new RangeError("Weights of observations must be positive, and not too small to be squared.");
  }
  if (sumWY > sumW * slack || sumW2Y > sumW2 * slack || sumW2YY > sumW2Y * slack) {
    throw new RangeError("The sums contradict labels between 0 and 1.");
  }
  if (n > 0 && (sumW > n * (sumW2 / sumW) * slack || sumW2 > sumW * sumW * slack)) {
    throw new RangeError("Σ w² must lie between (Σ w)² / n and (Σ w)².");
  }
  if (sumW2 > maxWeight * sumW * slack) {
    throw new RangeError(`maxWeight must be at least the largest weight, got ${maxWeight}.`);
  }
}

/**
 * Accuracy sums of labels and weights held in memory; in production the database adds them up.
 *
 * Formula: Σ w, Σ w², Σ w y, Σ w² y, Σ w² y² over the observations.
 *
 * @param correct n labels y in [0, 1]. @param weights n positive weights.
 * @param maxWeight largest weight among the strata with traffic, default 0.
 * @returns the sums, in the unit of the weights (records) and its square.
 * @throws RangeError when lengths differ, a label is outside 0 to 1, or a weight is not positive.
 * @see Hájek 1971; Särndal, Swensson & Wretman 1992, section 5.7 (ratio of two weighted sums).
 * @example accuracySumsOf([1, 0], [2, 1]).sumWY // 2
 */
export function accuracySumsOf(
  correct: readonly number[],
  weights: readonly number[],
  maxWeight = 0,
): AccuracySums {
  checkLabels(correct, weights.length);
  sumOfWeights(weights);
  checkNonNegative(maxWeight, "maxWeight");
  const sums = { ...emptyAccuracySums, n: correct.length, maxWeight };
  for (const [i, y] of correct.entries()) {
    const w = weights[i] ?? 0;
    sums.sumW += w;
    sums.sumW2 += w * w;
    sums.sumWY += w * y;
    sums.sumW2Y += w * w * y;
    sums.sumW2YY += w * w * y * y;
    sums.maxWeight = Math.max(sums.maxWeight, w);
  }
  return sums;
}
