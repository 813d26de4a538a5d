import { type AllocationStratum, neymanAllocation } from "@/lib/stats/neyman-allocation";
import { stratumRates } from "@/lib/stats/stratum-rates";

export interface PlanNumbers {
  reviewsPerWeek: number;
  floorPerEpoch: number;
  flaggedFactor: number;
  rateRatioCap: number;
  doubleReviewShare: number;
  expectedPerDay: number;
  /** Reviews a week that values get before the rest is divided. */
  needs?: readonly ValueNeed[];
}

export interface ValueNeed {
  value: string;
  reviewsPerWeek: number;
}

export interface RatedStratum {
  id: string;
  /** Of the plan's attribute; only needed where the plan has needs. */
  value?: string;
  flagged: boolean;
  /** Outputs in the epoch: a forecast at its opening, the truth when it is settled. */
  volume: number;
  /** Share of wrong outputs in earlier epochs, smoothed. */
  pastError: number;
}

export type PlannedRates = Map<string, { rate: number; target: number }>;

export const OVERDRAW = 1.3;
const MOST_OF_WEEK_IN_ONE_DAY = 3;

/**
 * Outputs that can be judged in an epoch. The budget follows the traffic, so that quiet weekends leave their reviews to the busy
 * days; at least a seventh of the week's budget a day, at most three times that.
 */
export function epochBudget(
  plan: PlanNumbers,
  volume: { epoch: number; week: number; lengthDays: number },
): number {
  const weekly = plan.reviewsPerWeek / (1 + plan.doubleReviewShare);
  const even = (weekly / 7) * volume.lengthDays;
  const following = volume.week > 0 ? (weekly * volume.epoch) / volume.week : even;
  return Math.min(even * MOST_OF_WEEK_IN_ONE_DAY, Math.max(even, following));
}

/**
 * Rate and target of each stratum from a budget: needs first (an equal fraction of each when they exceed the budget), then Neyman
 * allocation, flagged outputs preferred, floors, 30 % over-draw, and no two rates further apart than the plan allows. Together the
 * floors take half of what the needs leave at most, so that many small strata cannot starve the large ones.
 */
export function planRates(plan: PlanNumbers, budget: number, strata: readonly RatedStratum[]): PlannedRates {
  const needs = neededReviews(plan, budget, strata);
  const needed = [...needs.values()].reduce((sum, each) => sum + each, 0);
  const floors = strata
    .filter(({ id }) => !needs.has(id))
    .reduce((sum, { volume }) => sum + Math.min(volume, plan.floorPerEpoch), 0);
  const floorScale = floors > 0 ? Math.min(1, Math.max(0, budget - needed) / 2 / floors) : 1;
  const planned = stratumRates(
    budget,
    strata.map((stratum) => ({
      ...allocationOf(plan, stratum),
      // One range for all: each stratum is a part of the overall stream, whose interval suffers from unequal rates.
      segment: "",
      floor: needs.get(stratum.id) ?? Math.min(stratum.volume, plan.floorPerEpoch) * floorScale,
    })),
    plan.rateRatioCap,
  );
  return new Map(
    (planned.rates ?? []).map(({ id, rate, expectedReviews }) => [id, { rate, target: expectedReviews }]),
  );
}

function allocationOf(
  plan: PlanNumbers,
  { id, flagged, volume, pastError }: RatedStratum,
): AllocationStratum {
  return { id, volume, errorRate: pastError, floor: 0, priority: flagged ? plan.flaggedFactor : 1 };
}

/** The part of each value's need that falls to this epoch, divided among its strata as the rest would be. */
function neededReviews(
  plan: PlanNumbers,
  budget: number,
  strata: readonly RatedStratum[],
): Map<string, number> {
  const needs = new Map<string, number>();
  const shareOfWeek = (budget * (1 + plan.doubleReviewShare)) / plan.reviewsPerWeek;
  for (const { value, reviewsPerWeek } of plan.needs ?? []) {
    const own = strata.filter((stratum) => stratum.value === value);
    const reviews = neymanAllocation(
      reviewsPerWeek * shareOfWeek,
      own.map((stratum) => allocationOf(plan, stratum)),
    );
    for (const { id, expectedReviews } of reviews) needs.set(id, expectedReviews);
  }
  return needs;
}
