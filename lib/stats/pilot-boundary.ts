import { checkNonNegative, checkShare } from "./argument-check";
import { leastBoundaryError, mostBoundaryError } from "./bet-grid";

/**
 * Error rate e₀ of an accuracy boundary, clipped to what the detector can bet on.
 *
 * Formula: e₀ = 1 − m₀, clipped to [0.003, 0.95].
 *
 * @param accuracyBoundary m₀, a share in [0, 1]: from the pilot, or a level that was promised.
 * @returns an error rate, a share in [0.003, 0.95].
 * @throws RangeError when the boundary lies outside of 0 to 1.
 * @see betGrid, which needs e₀ strictly between 0 and 1.
 * @example boundaryError(0.95) // 0.05
 */
export function boundaryError(accuracyBoundary: number): number {
  checkShare(accuracyBoundary, "The accuracy boundary");
  return Math.min(mostBoundaryError, Math.max(leastBoundaryError, 1 - accuracyBoundary));
}

/**
 * Accuracy boundary from the pilot: the accuracy that production must not undershoot.
 *
 * Formula: m₀ = min(low80, mean − tolerance), clipped so that the error rate lies in [0.003, 0.95]. The lower
 * limit of an 80 % interval is a one-sided 90 % limit: with the pilot's mean instead, 34 % of pilots of 100
 * labels raised a false alarm in 3,600 reviews, with the limit 2.6 % (accuracy .95, threshold 72,000). The
 * tolerance absorbs movement from day to day: with a standard deviation of 1 / 2 / 3 points 0.6 / 2.3 / 4.8 %.
 *
 * @param pilot mean accuracy and lower limit of its 80 % interval, shares with low80 ≤ mean.
 * @param tolerance a share ≥ 0, by default 0.01.
 * @returns m₀, a share in [0.05, 0.997].
 * @throws RangeError when a share is outside of 0 to 1, the limit is above the mean, or the tolerance negative.
 * @see weightedClopperPearson for the limit; the rule itself was chosen by the simulation above.
 * @example pilotBoundary({ mean: 0.95, low80: 0.93 }) // 0.93
 */
export function pilotBoundary(pilot: { mean: number; low80: number }, tolerance = 0.01): number {
  checkShare(pilot.mean, "The pilot's mean");
  checkShare(pilot.low80, "The pilot's lower limit");
  checkNonNegative(tolerance, "The tolerance");
  if (pilot.low80 > pilot.mean) {
    throw new RangeError(`The pilot's lower limit ${pilot.low80} must not be above its mean ${pilot.mean}.`);
  }
  const boundary = Math.min(pilot.low80, pilot.mean - tolerance);
  return Math.min(1 - leastBoundaryError, Math.max(1 - mostBoundaryError, boundary));
}
