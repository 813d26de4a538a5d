import { clopperPearson } from "@/lib/stats/clopper-pearson";

/** Judged pilot outputs without which there is no boundary at all, and without which a segment has none of its own. */
export const FEWEST_PILOT_REVIEWS = 30;
export const FEWEST_FOR_OWN_BOUNDARY = 100;

/**
 * Lower end of the pilot's 80 % interval. A frozen estimate keeps its 95 % limits and no sums, so the interval is taken from mean and
 * effective number: for equal weights, as in a pilot that is known in full, the same as from the sums.
 */
export function pilotLow80(pilot: { mean: number; effectiveN: number; unauditedShare: number }): number {
  const { mean, effectiveN, unauditedShare } = pilot;
  const limits = clopperPearson(mean * effectiveN, effectiveN, 0.8);
  return Math.min(mean, (limits?.low ?? 0) * (1 - unauditedShare));
}
