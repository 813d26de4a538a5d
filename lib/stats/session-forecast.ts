import { checkConfidence, checkNonNegative } from "./argument-check";
import { normalQuantile } from "./normal-quantile";

export interface SessionForecast {
  /** Seconds that the items take; half of such sessions take less. */
  median: number;
  low: number;
  high: number;
}

/** Times below this are a slip of the hand; their logarithm would say much. */
const SHORTEST_SECONDS = 0.5;
/** Fewer say nothing about how much the times differ. */
const FEWEST = 5;
const POINTS = 600;

/**
 * How long a number of items takes a person, from how long their last ones took: a prediction interval for a sum of log-normal
 * times whose centre and spread are themselves only estimated.
 *
 * Formula: with m, s² the mean and variance of n logarithms, σ² = (n − 1) s² / χ²(n − 1) and μ = m + σ z / √n; given these, the sum
 * of k times is taken as log-normal with the sum's mean k e^(μ + σ²/2) and variance k (e^σ² − 1) e^(2μ + σ²). Quantiles over 600
 * points of a Halton sequence, so that the same times always give the same forecast.
 *
 * @param seconds n ≥ 5 times of recent items, the pauses cut out.
 * @param items k ≥ 1 that are left.
 * @param confidence that the session ends within the interval, in (0, 1).
 * @throws RangeError when a time is negative, there are fewer than five, or k is not a whole number above 0.
 * @see Fenton, The sum of log-normal probability distributions in scatter transmission systems, 1960; posterior of a normal sample
 *   under the reference prior: Gelman et al., Bayesian Data Analysis, 2013, section 3.2.
 * @example sessionForecast([60, 80, 70, 90, 75], 38, 0.8) // median 2841 s, from 2577 to 3147 s
 */
export function sessionForecast(
  seconds: readonly number[],
  items: number,
  confidence: number,
): SessionForecast {
  checkConfidence(confidence);
  if (seconds.length < FEWEST)
    throw new RangeError(`At least ${FEWEST} times are needed, got ${seconds.length}.`);
  if (!Number.isInteger(items) || items < 1)
    throw new RangeError(`The number of items must be a whole number above 0, got ${items}.`);
  const logs = seconds.map((each) => {
    checkNonNegative(each, "Every time");
    return Math.log(Math.max(each, SHORTEST_SECONDS));
  });
  const n = logs.length;
  const mean = logs.reduce((sum, each) => sum + each, 0) / n;
  const squares = logs.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const sums = Array.from({ length: POINTS }, (_, at) => {
    const variance = squares / chiSquareQuantile(halton(at + 1, 2), n - 1);
    const centre = mean + normalQuantile(halton(at + 1, 3)) * Math.sqrt(variance / n);
    // Of the sum's logarithm.
    const spread = Math.log1p(Math.expm1(variance) / items);
    return (
      Math.log(items) +
      centre +
      (variance - spread) / 2 +
      normalQuantile(halton(at + 1, 5)) * Math.sqrt(spread)
    );
  }).sort((a, b) => a - b);
  const quantile = (share: number) => Math.exp(sums[Math.min(POINTS - 1, Math.floor(share * POINTS))] ?? 0);
  return { median: quantile(0.5), low: quantile((1 - confidence) / 2), high: quantile((1 + confidence) / 2) };
}

/** Wilson and Hilferty, 1931: within 1 % from four degrees of freedom on, for the quantiles that count. */
function chiSquareQuantile(share: number, degrees: number): number {
  const part = 2 / (9 * degrees);
  return degrees * Math.max(0.02, 1 - part + normalQuantile(share) * Math.sqrt(part)) ** 3;
}

/** The digits of a number behind the point, mirrored: evenly spread, and the same every time. */
function halton(index: number, base: number): number {
  let share = 0;
  let digit = 1 / base;
  for (let rest = index; rest > 0; rest = Math.floor(rest / base)) {
    share += (rest % base) * digit;
    digit /= base;
  }
  return share;
}
