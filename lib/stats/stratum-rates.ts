import { type AllocationStratum, neymanAllocation } from "./neyman-allocation";

export type RateStratum = AllocationStratum & {
  /** Sampling segment; the 10:1 cap holds among the strata of one segment. */
  segment: string;
};

export type StratumRate = {
  id: string;
  /** Reviews planned after the cap; the rate draws 30 % more and the queue order cuts them off. */
  expectedReviews: number;
  /** Sampling rate of the epoch, in [0, 1]. */
  rate: number;
};

export type StratumRates = { rates: StratumRate[]; reason: null } | { rates: null; reason: "no-forecast" };

type Planned = { stratum: RateStratum; share: number };

const overdraw = 1.3;
const usualRatio = 10;

/** The share clipped into [base, largestRatio · base], base by bisection so that the segment keeps its planned reviews. */
function capSegment(planned: readonly Planned[], largestRatio: number): Planned[] {
  const shares = planned.map(({ share }) => share);
  const largest = Math.max(...shares);
  let low = Math.min(...shares);
  if (largest <= largestRatio * low) return [...planned];
  const target = planned.reduce((sum, { stratum, share }) => sum + stratum.volume * share, 0);
  const clip = (share: number, base: number) => Math.min(largestRatio * base, Math.max(base, share));
  const reviews = (base: number) =>
    planned.reduce((sum, { stratum, share }) => sum + stratum.volume * clip(share, base), 0);
  let high = largest / largestRatio;
  for (let round = 0; round < 100; round += 1) {
    const middle = (low + high) / 2;
    // No number lies between them any more.
    if (middle <= low || middle >= high) break;
    if (reviews(middle) < target) low = middle;
    else high = middle;
  }
  return planned.map(({ stratum, share }) => ({ stratum, share: clip(share, high) }));
}

/**
 * Sampling rates of the coming epoch from a review budget.
 *
 * Formula: planned share q_h = n_h / N_h with n_h from `neymanAllocation`; within one segment q_h is clipped
 * into [r, 10 r], where r is chosen by bisection so that the segment keeps its planned number of reviews: what
 * the cap takes from the highest strata goes to the lowest ones of the same segment. The cap is stronger than
 * a floor. Rate = min(1, 1.3 q_h): 30 % more are drawn, the queue order cuts the sample to what was reviewed.
 * Floors of 0 may leave a segment at rate 0 (not audited) when other floors use the budget up.
 * A stratum without forecast gets the overall share (budget / all volume), clipped to the segment's range.
 * Over-sampling beyond 10:1 would widen the intervals fast (see `oversamplingDesignEffect`).
 *
 * @param budget expected number of reviews in the epoch, ≥ 0.
 * @param strata forecasts from past epochs; never from labels of the records to be sampled.
 * @param largestRatio largest over smallest rate in a segment, ≥ 1, default 10 (the 10 of the formula).
 * @returns per stratum, in the given order, planned reviews and rate in [0, 1]; null with a reason when no
 *   stratum has a forecast volume.
 * @throws RangeError as `neymanAllocation`, or when the largest ratio is below 1.
 * @see Neyman 1934; Kish, Survey Sampling, 1965, section 11.7 (cost of unequal rates).
 * @example stratumRates(100, [{ id: "a", segment: "ios", volume: 1000, errorRate: 0.05, floor: 5 }])
 *   // rates: a 0.13
 */
export function stratumRates(
  budget: number,
  strata: readonly RateStratum[],
  largestRatio = usualRatio,
): StratumRates {
  if (!(largestRatio >= 1 && largestRatio < Infinity)) {
    throw new RangeError(`The largest ratio of rates must be at least 1, got ${largestRatio}.`);
  }
  const reviews = neymanAllocation(budget, strata);
  const volume = strata.reduce((sum, stratum) => sum + stratum.volume, 0);
  if (volume === 0) return { rates: null, reason: "no-forecast" };
  const segments = new Map<string, Planned[]>();
  for (const [h, stratum] of strata.entries()) {
    if (stratum.volume === 0) continue;
    const share = (reviews[h]?.expectedReviews ?? 0) / stratum.volume;
    const planned = segments.get(stratum.segment);
    if (planned) planned.push({ stratum, share });
    else segments.set(stratum.segment, [{ stratum, share }]);
  }
  const shares = new Map<RateStratum, number>();
  const ranges = new Map<string, { low: number; high: number }>();
  for (const [segment, planned] of segments) {
    const capped = capSegment(planned, largestRatio);
    for (const { stratum, share } of capped) shares.set(stratum, share);
    const own = capped.map(({ share }) => share);
    ranges.set(segment, { low: Math.max(...own) / largestRatio, high: Math.min(...own) * largestRatio });
  }
  const overall = Math.min(1, budget / volume);
  const rates = strata.map((stratum) => {
    const range = ranges.get(stratum.segment) ?? { low: 0, high: 1 };
    const share = shares.get(stratum) ?? Math.max(range.low, Math.min(range.high, overall));
    return { id: stratum.id, expectedReviews: share * stratum.volume, rate: Math.min(1, overdraw * share) };
  });
  return { rates, reason: null };
}
