import { accuracyFromSums, type AccuracyResult } from "@/lib/stats/accuracy-from-sums";
import { addAccuracySums } from "@/lib/stats/add-accuracy-sums";
import { emptyAccuracySums } from "@/lib/stats/accuracy-sums";
import { type CountedStratum, poststratifySums } from "@/lib/stats/poststratify-sums";
import { addUnsureSums, emptyUnsureSums } from "@/lib/stats/unsure-sums";
import { countedStrata, type StratumCell } from "./cell-estimate";

/** The traffic of a window: what was taken, what is in quarantine, and what of the latter nobody can judge. */
export interface TrafficParts {
  accepted: readonly StratumCell[];
  held: readonly StratumCell[];
  unreadable: number;
}

/** Fewer reviews in quarantine say nothing about it; it then counts as unknown, never as if it were like the rest. */
export const FEWEST_HELD = 5;

/**
 * Accuracy over all traffic. Each stratum weighs as much as it has records, quarantine is one more, and what is not known of it (too few
 * reviews, records that nobody can judge) could be all wrong or all right: the limits allow for both, the mean is of the rest.
 */
export function allTrafficEstimate(
  { accepted, held, unreadable }: TrafficParts,
  confidence = 0.95,
): AccuracyResult {
  const strata = [...countedStrata(accepted), ...heldStrata(held), ...unknown(unreadable)];
  const { sums, ...rest } = poststratifySums(strata);
  return accuracyFromSums(sums, { ...rest, confidence });
}

/** Accuracy of what can be judged in quarantine; null while there are too few reviews of it. */
export function heldEstimate(held: readonly StratumCell[], confidence = 0.95): AccuracyResult | null {
  const strata = heldStrata(held);
  if (strata.every(({ sums }) => sums.n === 0)) return null;
  const { sums, ...rest } = poststratifySums(strata);
  return accuracyFromSums(sums, { ...rest, confidence });
}

/**
 * By stratum, what the weights of reviews in quarantine are multiplied by in the estimate of all traffic; none while too few are known.
 * With those of `stratumFactors` for accepted traffic, Σ weight × score / Σ weight is the mean of `allTrafficEstimate`.
 */
export function heldFactors(held: readonly StratumCell[]): Map<string, number> {
  const [judged] = heldStrata(held);
  if (!judged || judged.sums.n === 0) return new Map();
  const factor = judged.population / judged.sums.sumW;
  return new Map(held.map(({ stratumId }) => [stratumId, factor]));
}

function heldStrata(held: readonly StratumCell[]): CountedStratum[] {
  const population = held.reduce((sum, cell) => sum + cell.population, 0);
  const sums = held.reduce((sum, cell) => addAccuracySums(sum, cell.sums), emptyAccuracySums);
  if (sums.n < FEWEST_HELD) return unknown(population);
  const unaudited = held.reduce((sum, cell) => sum + cell.unauditedPopulation, 0);
  const unsure = held.reduce((sum, cell) => addUnsureSums(sum, cell.unsure), emptyUnsureSums);
  return [{ population: Math.max(population - unaudited, sums.n), sums, unsure }, ...unknown(unaudited)];
}

function unknown(population: number): CountedStratum[] {
  return population > 0 ? [{ population, sums: emptyAccuracySums }] : [];
}
