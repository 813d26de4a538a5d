import { checkConfidence } from "./argument-check";
import type { Interval } from "./interval";
import { normalQuantile } from "./normal-quantile";

/**
 * Wilson score interval of a share, without continuity correction.
 *
 * Formula: (p̂ + z²/2n ± z √(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n), z = normal quantile at 1 − α/2.
 *
 * @param successes x in [0, n]; fractions are allowed (effective counts).
 * @param n number of trials, ≥ 0. @param confidence 1 − α in (0, 1), default 0.95.
 * @returns limits, shares in [0, 1]; null when n = 0.
 * @throws RangeError when x or n is out of range or the confidence is not strictly between 0 and 1.
 * @see Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927.
 * @example wilsonInterval(0, 1) // { low: 0, high: 0.7934506856227626 }
 */
export function wilsonInterval(successes: number, n: number, confidence = 0.95): Interval | null {
  checkConfidence(confidence);
  if (!(successes >= 0 && successes <= n && n < Infinity)) {
    throw new RangeError(`Successes must lie between 0 and a finite n, got ${successes} of ${n}.`);
  }
  if (n === 0) return null;
  const z = normalQuantile((1 + confidence) / 2);
  const share = successes / n;
  const scale = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / scale;
  const half = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / scale;
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === n ? 1 : Math.min(1, centre + half),
  };
}
