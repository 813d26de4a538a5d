import { checkNonNegative } from "./argument-check";
import { logPoissonMass } from "./log-poisson-mass";
import { logUpperGamma } from "./log-upper-gamma";

/** Terms this much smaller (in logarithms) than the largest one do not change the sum. */
const negligible = 45;
/** The number of terms grows with the square root: about 0.1 s at the limit. */
const largest = 1e10;

function logAdd(a: number, b: number): number {
  const larger = Math.max(a, b);
  return larger === -Infinity ? larger : larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
}

/**
 * Logarithm of the upper tail of the noncentral chi-square distribution.
 *
 * Formula: ln P(T ≥ statistic) = ln Σ_j Poisson(j; ncp/2) Q(df/2 + j, statistic/2). The terms rise to one summit
 * and fall again. The sum starts far below the summit and climbs by Q(a+1, x) = Q(a, x) + x^a e^(−x) / Γ(a+1),
 * where nothing cancels; all in logarithms. Against 60-digit values: relative difference below 1e-11.
 *
 * @param statistic observed value, 0 to 1e10. @param degreesOfFreedom whole number ≥ 1.
 * @param noncentrality 0 to 1e10; 0 is the usual chi-square distribution.
 * @returns natural logarithm of a probability, ≤ 0.
 * @throws RangeError when an argument is out of range or not a number.
 * @see Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, 1995, equation 29.2.
 * @example noncentralChiSquareTail(2, 2, 0) // −1
 */
export function noncentralChiSquareTail(
  statistic: number,
  degreesOfFreedom: number,
  noncentrality: number,
): number {
  checkNonNegative(statistic, "The statistic");
  checkNonNegative(noncentrality, "The noncentrality");
  if (Math.max(statistic, noncentrality, degreesOfFreedom) > largest) {
    throw new RangeError(`Statistic, noncentrality and degrees of freedom must be at most ${largest}.`);
  }
  if (!(Number.isInteger(degreesOfFreedom) && degreesOfFreedom >= 1)) {
    throw new RangeError(`The degrees of freedom must be a whole number ≥ 1, got ${degreesOfFreedom}.`);
  }
  const a = degreesOfFreedom / 2;
  const x = statistic / 2;
  const mean = noncentrality / 2;
  if (mean === 0 || x === 0) return logUpperGamma(a, x);
  const logTerm = (j: number) => logPoissonMass(j, mean) + logUpperGamma(a + j, x);
  const summit = Math.floor(Math.max(mean, (Math.sqrt(a * a + 4 * mean * x) - a) / 2));
  const logSummit = logTerm(summit);
  const stride = Math.ceil(4 * Math.sqrt(summit + 1));
  let j = summit;
  while (j > 0 && logTerm(j) > logSummit - negligible) j = Math.max(0, j - stride);
  let logUpper = logUpperGamma(a + j, x);
  let logRise = logPoissonMass(a + j, x);
  let logMass = logPoissonMass(j, mean);
  let logSum = -Infinity;
  for (;;) {
    const term = logMass + logUpper;
    logSum = logAdd(logSum, term);
    if (j > summit && term < logSum - negligible) return Math.min(0, logSum);
    logUpper = Math.min(0, logAdd(logUpper, logRise));
    j += 1;
    logRise += Math.log(x / (a + j));
    logMass += Math.log(mean / j);
  }
}
