import { type AccuracySums, checkAccuracySums } from "./accuracy-sums";

/**
 * Accuracy sums after multiplying every weight by one factor (post-stratification, weights for non-response).
 *
 * Formula: Σ w and Σ w y times the factor, the sums of squared weights times its square, maxWeight times the
 * factor; n stays.
 *
 * @param sums the sums. @param factor > 0 and finite.
 * @returns the sums in the scaled unit.
 * @throws RangeError when the factor is not positive and finite or the sums are impossible.
 * @see Särndal, Swensson & Wretman 1992, section 7.6.
 * @example scaleAccuracySums(sums, 1000 / sums.sumW).sumW // 1000
 */
export function scaleAccuracySums(sums: AccuracySums, factor: number): AccuracySums {
  checkAccuracySums(sums);
  if (!(factor > 0 && factor < Infinity)) {
    throw new RangeError(`The factor must be positive and finite, got ${factor}.`);
  }
  const square = factor * factor;
  return {
    n: sums.n,
    sumW: sums.sumW * factor,
    sumW2: sums.sumW2 * square,
    sumWY: sums.sumWY * factor,
    sumW2Y: sums.sumW2Y * square,
    sumW2YY: sums.sumW2YY * square,
    maxWeight: sums.maxWeight * factor,
  };
}
