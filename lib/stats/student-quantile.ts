import { betaQuantile } from "./beta-quantile";

/**
 * Upper quantile of Student's t distribution.
 *
 * Formula: t = √(ν (1 − x) / x) with x the Beta quantile at 2 · tail with shapes ν/2 and ½.
 *
 * @param tail P(T > t), in (0, ½]. @param degreesOfFreedom ν > 0, fractions are allowed.
 * @returns t ≥ 0, without unit.
 * @throws RangeError when the tail or the degrees of freedom are out of range.
 * @see Abramowitz & Stegun 1964, 26.7.1.
 * @example studentQuantile(0.025, 10) // 2.228…
 */
export function studentQuantile(tail: number, degreesOfFreedom: number): number {
  if (!(tail > 0 && tail <= 0.5)) {
    throw new RangeError(`The tail must be above 0 and at most one half, got ${tail}.`);
  }
  if (!(degreesOfFreedom > 0 && degreesOfFreedom < Infinity)) {
    throw new RangeError(`The degrees of freedom must be positive and finite, got ${degreesOfFreedom}.`);
  }
  const x = betaQuantile(2 * tail, degreesOfFreedom / 2, 0.5);
  return Math.sqrt((degreesOfFreedom * (1 - x)) / x);
}
