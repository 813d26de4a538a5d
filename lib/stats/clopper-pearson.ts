import { checkConfidence } from "./argument-check";
import { betaQuantile } from "./beta-quantile";
import type { Interval } from "./interval";

/**
 * Clopper-Pearson ("exact") interval of a share.
 *
 * Formula: low = Beta quantile at α/2 with shapes x, n − x + 1 (0 when x = 0); high = Beta quantile at 1 − α/2
 * with shapes x + 1, n − x (1 when x = n).
 *
 * @param successes x in [0, n]; fractions are allowed (effective counts).
 * @param n number of trials, ≥ 0. @param confidence 1 − α in (0, 1), default 0.95.
 * @returns limits, shares in [0, 1]; null when n = 0.
 * @throws RangeError when x or n is out of range or the confidence is not strictly between 0 and 1.
 * @see Clopper & Pearson, "The use of confidence or fiducial limits", Biometrika 26, 1934.
 * @example clopperPearson(92, 100, 0.99) // { low: 0.8238856452077388, high: 0.9736988475225618 }
 */
export function clopperPearson(successes: number, n: number, confidence = 0.95): Interval | null {
  checkConfidence(confidence);
  if (!(successes >= 0 && successes <= n && n < Infinity)) {
    throw new RangeError(`Successes must lie between 0 and a finite n, got ${successes} of ${n}.`);
  }
  if (n === 0) return null;
  const tail = (1 - confidence) / 2;
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, successes, n - successes + 1),
    high: successes === n ? 1 : betaQuantile(1 - tail, successes + 1, n - successes),
  };
}
