import { checkNonNegative } from "./argument-check";
import { deviance } from "./deviance";
import { stirlingError } from "./stirling-error";

const logTwoPi = 1.8378770664093453;

/**
 * Logarithm of the Poisson probability of a count, which need not be whole.
 *
 * Formula: ln(mean^x e^(−mean) / Γ(x + 1)) = −stirlingError(x) − deviance(x, mean) − ½ ln(2πx).
 *
 * @param x count, ≥ 0. @param mean ≥ 0.
 * @returns natural logarithm of a probability (for whole x ≤ 0); −Infinity when only x = 0 is possible.
 * @throws RangeError when x or the mean is negative or not finite.
 * @see Loader, "Fast and accurate computation of binomial probabilities", 2000, section 4.
 * @example logPoissonMass(2, 1) // −1.6931471805599454 = ln(e⁻¹ / 2)
 */
export function logPoissonMass(x: number, mean: number): number {
  checkNonNegative(x, "The count");
  checkNonNegative(mean, "The mean");
  if (x === 0) return -mean;
  if (mean === 0) return -Infinity;
  return -stirlingError(x) - deviance(x, mean) - 0.5 * (logTwoPi + Math.log(x));
}
