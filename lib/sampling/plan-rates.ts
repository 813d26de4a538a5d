import { stratumRates } from "@/lib/stats/stratum-rates";

export interface PlanNumbers {
  reviewsPerWeek: number;
  floorPerEpoch: number;
  flaggedFactor: number;
  rateRatioCap: number;
  doubleReviewShare: number;
  expectedPerDay: number;
}

export interface RatedStratum {
  id: string;
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
 * Rate and target of each stratum from a budget: Neyman allocation, flagged outputs preferred, floors, 30 % over-draw, and no two
 * rates further apart than the plan allows. Together the floors take half of the budget at most, so that many small strata
 * cannot starve the large ones.
 */
export function planRates(plan: PlanNumbers, budget: number, strata: readonly RatedStratum[]): PlannedRates {
  const floors = strata.reduce((sum, { volume }) => sum + Math.min(volume, plan.floorPerEpoch), 0);
  const floorScale = floors > 0 ? Math.min(1, budget / 2 / floors) : 1;
  const planned = stratumRates(
    budget,
    strata.map(({ id, flagged, volume, pastError }) => ({
      id,
      // One range for all: each stratum is a part of the overall stream, whose interval suffers from unequal rates.
      segment: "",
      volume,
      errorRate: pastError,
      floor: Math.min(volume, plan.floorPerEpoch) * floorScale,
      priority: flagged ? plan.flaggedFactor : 1,
    })),
    plan.rateRatioCap,
  );
  return new Map(
    (planned.rates ?? []).map(({ id, rate, expectedReviews }) => [id, { rate, target: expectedReviews }]),
  );
}
