import { epochBudget, type PlanNumbers, planRates, type RatedStratum } from "./plan-rates";

export interface CountedStratum extends RatedStratum {
  /** Rate that was frozen when the epoch opened. */
  openingRate: number;
  /** Below this random number everything has been processed already. */
  processedBelow: number;
}

export interface SettledRate {
  id: string;
  rate: number;
  target: number;
}

/**
 * Rates of an epoch whose true volumes are known. Depends on counts, on the error rates of earlier epochs and on how far the
 * queue was worked off, never on a label of this epoch. A rate is not lowered below what has been processed in full.
 */
export function settleRates(
  plan: PlanNumbers,
  epoch: { lengthDays: number; expectedPerDay: number | null },
  strata: readonly CountedStratum[],
): SettledRate[] {
  const volume = strata.reduce((sum, each) => sum + each.volume, 0);
  const perDay = epoch.expectedPerDay ?? volume / epoch.lengthDays;
  const budget = epochBudget(plan, { epoch: volume, week: perDay * 7, lengthDays: epoch.lengthDays });
  const planned = planRates(plan, budget, strata);
  return strata.map(({ id, openingRate, processedBelow }) => {
    const { rate, target } = planned.get(id) ?? { rate: openingRate, target: 0 };
    return { id, target, rate: Math.max(rate, Math.min(openingRate, processedBelow)) };
  });
}
