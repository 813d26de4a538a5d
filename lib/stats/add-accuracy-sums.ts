import { type AccuracySums, checkAccuracySums } from "./accuracy-sums";

/**
 * Accuracy sums of two disjoint sets of observations taken together (days, strata, segments).
 *
 * Formula: every sum is added; maxWeight is the larger one.
 *
 * @param a sums on the same scale of weights as b. @param b the same.
 * @returns the sums of the union.
 * @throws RangeError when one of them cannot come from weights above 0 and labels in [0, 1].
 * @see Särndal, Swensson & Wretman 1992, section 5.7.
 * @example addAccuracySums(monday, tuesday).n // monday.n + tuesday.n
 */
export function addAccuracySums(a: AccuracySums, b: AccuracySums): AccuracySums {
  checkAccuracySums(a);
  checkAccuracySums(b);
  return {
    n: a.n + b.n,
    sumW: a.sumW + b.sumW,
    sumW2: a.sumW2 + b.sumW2,
    sumWY: a.sumWY + b.sumWY,
    sumW2Y: a.sumW2Y + b.sumW2Y,
    sumW2YY: a.sumW2YY + b.sumW2YY,
    maxWeight: Math.max(a.maxWeight, b.maxWeight),
  };
}
