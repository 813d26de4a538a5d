import { sumOfWeights } from "./argument-check";

export type KishEffectiveN = {
  /** In [1, n]: how many equally weighted reviews are worth as much. */
  effectiveN: number;
  /** n / effectiveN, ≥ 1: the loss caused by unequal weights. */
  designEffect: number;
};

/**
 * Kish's effective sample size and design effect of a set of weights.
 *
 * Formula: n_eff = (Σ w)² / Σ w², design effect = n / n_eff.
 *
 * @param weights n positive finite numbers; their common scale does not matter.
 * @returns effective number of reviews and design effect; null when there are no weights.
 * @throws RangeError when a weight is not positive or the sum is not finite.
 * @see Kish, Survey Sampling, 1965, section 11.7.
 * @example kishEffectiveN([10, 10, 2, 2]) // { effectiveN: 2.769…, designEffect: 1.444… }
 */
export function kishEffectiveN(weights: readonly number[]): KishEffectiveN | null {
  const sum = sumOfWeights(weights);
  if (weights.length === 0) return null;
  let squares = 0;
  for (const weight of weights) squares += (weight / sum) ** 2;
  const designEffect = Math.max(1, weights.length * squares);
  return { effectiveN: weights.length / designEffect, designEffect };
}
