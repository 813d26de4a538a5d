import { checkConfidence, checkNonNegative } from "./argument-check";
import type { Interval } from "./interval";
import { logUpperGamma } from "./log-upper-gamma";

/** The x at which a Gamma(shape, 1) variable exceeds x with a probability. */
function upperGammaQuantile(shape: number, probability: number): number {
  const target = Math.log(probability);
  let low = 0;
  let high = shape + 1;
  while (logUpperGamma(shape, high) > target) high *= 2;
  for (let round = 0; round < 200 && high - low > 1e-13 * high; round += 1) {
    const middle = (low + high) / 2;
    if (logUpperGamma(shape, middle) > target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Rate of events that may come several at a time, from independent runs, with its interval.
 *
 * Formula: mean = S / T with S = Σ c over the runs. Low: Gamma quantile at α/2 with shape S²/Q, times Q/S, where
 * Q = Σ c². High: the same at 1 − α/2 after one more run of the largest count m (at least 1): S + m, Q + m². When no
 * run has more than one event it is the exact interval of a Poisson rate (Garwood 1936).
 *
 * @param counts c ≥ 0 of each run; at least one run. @param exposure T > 0 of all runs together, for example years.
 * @param confidence 1 − α in (0, 1), default 0.95.
 * @returns events per unit of exposure, low ≤ mean ≤ high.
 * @throws RangeError when there is no run, a count is negative, or the exposure is not positive and finite.
 * @see Fay & Feuer, "Confidence intervals for directly standardized rates", Statistics in Medicine 16, 1997, page 791.
 * @example eventRate([0, 0, 0], 3) // { mean: 0, low: 0, high: 1.2296… }
 */
export function eventRate(
  counts: readonly number[],
  exposure: number,
  confidence = 0.95,
): Interval & { mean: number } {
  checkConfidence(confidence);
  if (counts.length === 0) throw new RangeError("There must be at least one run.");
  if (!(exposure > 0 && exposure < Infinity)) {
    throw new RangeError(`The exposure must be finite and above 0, got ${exposure}.`);
  }
  let sum = 0;
  let squares = 0;
  let largest = 1;
  for (const count of counts) {
    checkNonNegative(count, "A count");
    sum += count;
    squares += count * count;
    largest = Math.max(largest, count);
  }
  const tail = (1 - confidence) / 2;
  const low = sum === 0 ? 0 : (squares / sum) * upperGammaQuantile((sum * sum) / squares, 1 - tail);
  const raised = sum + largest;
  const raisedSquares = squares + largest * largest;
  const high = (raisedSquares / raised) * upperGammaQuantile((raised * raised) / raisedSquares, tail);
  return { mean: sum / exposure, low: low / exposure, high: high / exposure };
}
