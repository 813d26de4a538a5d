import { checkNonNegative } from "./argument-check";

/**
 * Kish's design effect of strata that are drawn at different rates.
 *
 * Formula: n Σ (N_h² / n_h) / (Σ N_h)², with n = Σ n_h: the factor by which more reviews are needed for the same precision than
 * with one rate for all. For two strata it is `oversamplingDesignEffect`. Strata without a review say nothing and are left out.
 *
 * @param strata outputs N_h ≥ 0 and reviews n_h ≥ 0 of each, in any common unit of time.
 * @returns design effect ≥ 1, a factor without unit; 1 when nothing is reviewed.
 * @throws RangeError when a number is negative or not finite.
 * @see Kish, "Weighting for unequal P_i", J. Official Statistics 8, 1992, equation 2.
 * @example strataDesignEffect([{ outputs: 850, reviews: 85 }, { outputs: 150, reviews: 75 }]) // 1.408
 */
export function strataDesignEffect(strata: readonly { outputs: number; reviews: number }[]): number {
  for (const { outputs, reviews } of strata) {
    checkNonNegative(outputs, "The outputs of a stratum");
    checkNonNegative(reviews, "The reviews of a stratum");
  }
  const drawn = strata.filter(({ outputs, reviews }) => outputs > 0 && reviews > 0);
  if (drawn.length === 0) return 1;
  const outputs = drawn.reduce((sum, stratum) => sum + stratum.outputs, 0);
  const reviews = drawn.reduce((sum, stratum) => sum + stratum.reviews, 0);
  const spread = drawn.reduce((sum, stratum) => sum + (stratum.outputs / outputs) ** 2 / stratum.reviews, 0);
  return Math.max(1, reviews * spread);
}
