import { checkNonNegative, checkShare } from "./argument-check";

export type AllocationStratum = {
  id: string;
  /** Forecast number of records N in the epoch, ≥ 0. */
  volume: number;
  /** Past error rate e in [0, 1]. */
  errorRate: number;
  /** Fewest reviews wanted, ≥ 0; never more than the volume. */
  floor: number;
  /** Wanted reviews relative to the optimum, > 0, default 1; e.g. 3 for flagged records. */
  priority?: number;
};

export type Allocation = { id: string; expectedReviews: number };

/** Below this error rate past data say too little to sample a stratum less. */
const smallestVariance = 0.02 * 0.98;

function checkInput(budget: number, strata: readonly AllocationStratum[]): void {
  checkNonNegative(budget, "The budget");
  for (const { id, volume, errorRate, floor, priority = 1 } of strata) {
    if (!(priority > 0 && priority < Infinity)) {
      throw new RangeError(`The priority of stratum ${id} must be above 0, got ${priority}.`);
    }
    checkNonNegative(volume, `The volume of stratum ${id}`);
    checkShare(errorRate, `The error rate of stratum ${id}`);
    checkNonNegative(floor, `The floor of stratum ${id}`);
  }
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/**
 * Optimal (Neyman) allocation of a review budget to strata, with floors.
 *
 * Formula: n_h = clip(k · priority_h · N_h √max(e_h(1−e_h), 0.02·0.98), min(floor_h, N_h), N_h), with k by
 * bisection so that the n_h add up to the budget. Floors that exceed the budget together are scaled down in
 * proportion; a budget beyond all records reviews all of them.
 *
 * @param budget expected number of reviews in the epoch, ≥ 0, fractions allowed.
 * @param strata any number of strata.
 * @returns per stratum, in the given order, the expected number of reviews (a fraction, not rounded).
 * @throws RangeError when a number is negative or not finite, or an error rate is outside 0 to 1.
 * @see Neyman, "On the two different aspects of the representative method", JRSS 97, 1934, pages 579–580.
 * @example neymanAllocation(20, [{ id: "a", volume: 100, errorRate: 0.5, floor: 0 },
 *   { id: "b", volume: 300, errorRate: 0.5, floor: 0 }]) // a: 5, b: 15
 */
export function neymanAllocation(budget: number, strata: readonly AllocationStratum[]): Allocation[] {
  checkInput(budget, strata);
  const floors = strata.map(({ floor, volume }) => Math.min(floor, volume));
  const allFloors = total(floors);
  if (allFloors >= budget) {
    const factor = allFloors === 0 ? 0 : budget / allFloors;
    return strata.map(({ id }, h) => ({ id, expectedReviews: (floors[h] ?? 0) * factor }));
  }
  const allVolume = total(strata.map(({ volume }) => volume));
  if (budget >= allVolume) return strata.map(({ id, volume }) => ({ id, expectedReviews: volume }));
  const deviations = strata.map(
    ({ errorRate, priority = 1 }) =>
      priority * Math.sqrt(Math.max(errorRate * (1 - errorRate), smallestVariance)),
  );
  const at = (k: number, { volume }: AllocationStratum, h: number) =>
    Math.min(volume, Math.max(floors[h] ?? 0, k * volume * (deviations[h] ?? 0)));
  const reviews = (k: number) => strata.reduce((sum, stratum, h) => sum + at(k, stratum, h), 0);
  let low = 0;
  let high = 1 / Math.min(...deviations);
  for (let round = 0; round < 100; round += 1) {
    const middle = (low + high) / 2;
    // No number lies between them any more.
    if (middle <= low || middle >= high) break;
    if (reviews(middle) < budget) low = middle;
    else high = middle;
  }
  return strata.map((stratum, h) => ({ id: stratum.id, expectedReviews: at(high, stratum, h) }));
}
