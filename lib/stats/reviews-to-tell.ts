import { checkNonNegative } from "./argument-check";
import type { MeanWithInterval } from "./gap-mover";

/**
 * How many more reviews tell the gap between production and pilot from chance, if it stays as it is.
 *
 * Formula: n (h₂² / (gap² − h₁²) − 1), the n for which the limit of `gapMover` that is nearer to zero reaches it; h₁ and h₂ are the half
 * widths of pilot and production on the sides that this limit rests on, and h₂ falls with 1 / √n. The weights of the reviews so far stay,
 * so that what they cost is in h₂.
 *
 * @param pilot mean and limits, shares in [0, 1]. @param production the same, of n ≥ 0 reviews.
 * @returns reviews, not rounded, 0 when the gap is told already; null when no number of them suffices, as the pilot itself is known too
 *   roughly for a gap of this size.
 * @throws RangeError when n is negative or not finite.
 * @see gapMover
 * @example reviewsToTell({ mean: 0.95, low: 0.93, high: 0.97 }, { mean: 0.92, low: 0.86, high: 0.96, n: 100 }) // 220
 */
export function reviewsToTell(
  pilot: MeanWithInterval,
  production: MeanWithInterval & { n: number },
): number | null {
  checkNonNegative(production.n, "The number of reviews");
  const gap = production.mean - pilot.mean;
  const below = gap < 0;
  const ownHalf = below ? production.high - production.mean : production.mean - production.low;
  const pilotHalf = below ? pilot.mean - pilot.low : pilot.high - pilot.mean;
  const room = gap * gap - pilotHalf * pilotHalf;
  if (room <= 0) return null;
  return Math.max(0, production.n * ((ownHalf * ownHalf) / room - 1));
}
