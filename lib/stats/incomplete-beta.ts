import { deviance } from "./deviance";
import { stirlingError } from "./stirling-error";

const logTwoPi = 1.8378770664093453;
const tiny = 1e-300;
const mostTerms = 200_000;

export type BetaTails = {
  /** P(X ≤ x). */
  lower: number;
  /** P(X > x), computed directly wherever it is the smaller one of the two. */
  upper: number;
  /** x^a (1−x)^b / B(a, b), that is x(1−x) times the density. */
  powerTerm: number;
};

/** Continued fraction of the incomplete beta function by the modified Lentz method. */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  if (Math.abs(d) < tiny) d = tiny;
  d = 1 / d;
  let fraction = d;
  for (let m = 1; m <= mostTerms; m += 1) {
    const at = a + 2 * m;
    const even = (m * (b - m) * x) / ((at - 1) * at);
    d = 1 + even * d;
    c = 1 + even / c;
    if (Math.abs(d) < tiny) d = tiny;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / (at * (at + 1));
    d = 1 + odd * d;
    c = 1 + odd / c;
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
 * Regularized incomplete beta function, both tails: the distribution of a Beta(a, b) variable.
 *
 * Formula: I_x(a, b) = x^a (1−x)^b / (a B(a, b)) · continued fraction, taken on the side where the
 * fraction converges fast (x < (a+1)/(a+b+2)); the other tail is one minus it. The power term uses
 * Stirling errors and deviances, so that large a and b lose no digits.
 *
 * @param a first shape, > 0. @param b second shape, > 0.
 * @returns a function of x and its complement 1 − x (both in (0, 1), given separately so that neither is
 *   rounded away) to the two tails (probabilities in [0, 1]) and the power term.
 * @throws RangeError when a shape is not a positive finite number.
 * @see Abramowitz & Stegun 1964, 26.5.8; Press et al., Numerical Recipes 2007, section 6.4; Loader 2000.
 * @example incompleteBeta(2, 3)(0.5, 0.5).lower // 0.6875
 */
export function incompleteBeta(a: number, b: number): (x: number, complement: number) => BetaTails {
  const sum = a + b;
  const constant =
    stirlingError(sum) - stirlingError(a) - stirlingError(b) + 0.5 * (Math.log((a / sum) * b) - logTwoPi);
  const turn = (a + 1) / (sum + 2);
  return (x, complement) => {
    const powerTerm = Math.exp(constant - deviance(a, sum * x) - deviance(b, sum * complement));
    if (x < turn) {
      const lower = Math.min(1, (powerTerm * continuedFraction(x, a, b)) / a);
      return { lower, upper: 1 - lower, powerTerm };
    }
    const upper = Math.min(1, (powerTerm * continuedFraction(complement, b, a)) / b);
    return { lower: 1 - upper, upper, powerTerm };
  };
}
