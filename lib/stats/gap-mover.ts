import type { Interval } from "./interval";

export type MeanWithInterval = Interval & { mean: number };

export type Gap = {
  /** Production minus pilot, in [−1, 1]; negative: production is worse. */
  gap: number;
  low: number;
  high: number;
};

function checkMean({ mean, low, high }: MeanWithInterval, what: string): void {
  if (!(low >= 0 && low <= mean && mean <= high && high <= 1)) {
    throw new RangeError(`${what} must have 0 ≤ low ≤ mean ≤ high ≤ 1, got ${low}, ${mean}, ${high}.`);
  }
}

/**
 * Gap between production and pilot accuracy with its interval, from the two intervals (MOVER).
 *
 * Formula: gap = m₂ − m₁; low = gap − √((m₂ − l₂)² + (u₁ − m₁)²); high = gap + √((u₂ − m₂)² + (m₁ − l₁)²);
 * 1 = pilot, 2 = production.
 *
 * @param pilot mean and limits, shares in [0, 1]. @param production the same, independent of the pilot and at
 *   the same confidence level.
 * @returns gap and limits in shares, each in [−1, 1], at the common confidence level.
 * @throws RangeError when a mean lies outside of its limits or a limit outside of 0 to 1.
 * @see Newcombe, Statistics in Medicine 17, 1998, pages 873–890, method 10; Zou & Donner, Statistics in
 *   Medicine 27, 2008, equation 4.
 * @example gapMover({ mean: 0.9, low: 0.8, high: 0.95 }, { mean: 0.8, low: 0.7, high: 0.9 }).gap // −0.1
 */
export function gapMover(pilot: MeanWithInterval, production: MeanWithInterval): Gap {
  checkMean(pilot, "The pilot");
  checkMean(production, "The production");
  const gap = production.mean - pilot.mean;
  return {
    gap,
    low: Math.max(-1, gap - Math.hypot(production.mean - production.low, pilot.high - pilot.mean)),
    high: Math.min(1, gap + Math.hypot(production.high - production.mean, pilot.mean - pilot.low)),
  };
}
