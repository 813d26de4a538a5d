import { checkNonNegative } from "./argument-check";
import { logPoissonMass } from "./log-poisson-mass";

const tiny = 1e-300;
const mostTerms = 1_000_000;

/** Σ x^n / ((a+1) … (a+n)), n ≥ 0: the lower tail is this times x^a e^(−x) / Γ(a+1). */
function lowerSeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n <= mostTerms && term > 1e-17 * sum; n += 1) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** Continued fraction of the upper tail by the modified Lentz method; times x^a e^(−x) / Γ(a). */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n <= mostTerms; n += 1) {
    const numerator = -n * (n - a);
    b += 2;
    d = numerator * d + b;
    c = b + numerator / c;
    if (Math.abs(d) < tiny) d = tiny;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    const change = d * c;
    fraction *= change;
    if (Math.abs(change - 1) < 3e-16) return fraction;
  }
  return fraction;
}

/**
 * Logarithm of the upper regularized incomplete gamma function: the upper tail of a Gamma(shape, 1) variable,
 * and with shape = df/2 and x = t/2 that of a chi-square statistic t with df degrees of freedom.
 *
 * Formula: ln Q(a, x), Q = Γ(a, x) / Γ(a). For x < a + 1 it is ln(1 − P) with the series of the lower tail P,
 * else a continued fraction; both times a Poisson mass taken in logarithms, so that the tail may be far smaller
 * than the smallest number. Against 60-digit values: relative difference below 2e-13 (83 cases down to e^−13,000).
 *
 * @param shape a, ≥ ½ (below, the difference 1 − P would lose digits). @param x ≥ 0.
 * @returns natural logarithm of a probability, ≤ 0.
 * @throws RangeError when the shape is below ½ or x is negative, or one is not finite.
 * @see Press et al., Numerical Recipes 2007, section 6.2; Abramowitz & Stegun 1964, 6.5.29 and 6.5.31.
 * @example logUpperGamma(1, 5) // −5
 */
export function logUpperGamma(shape: number, x: number): number {
  if (!(shape >= 0.5 && shape < Infinity)) {
    throw new RangeError(`The shape must be finite and at least 0.5, got ${shape}.`);
  }
  checkNonNegative(x, "x");
  if (x === 0) return 0;
  const logMass = logPoissonMass(shape, x);
  if (x < shape + 1) return Math.log1p(-Math.min(1, Math.exp(logMass) * lowerSeries(shape, x)));
  return Math.min(0, logMass + Math.log(shape) + Math.log(upperFraction(shape, x)));
}
