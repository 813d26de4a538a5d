/**
 * Kish's cost of over-sampling a part of the traffic.
 *
 * Formula: (1 − s + s r)(1 − s + s / r): the factor by which more reviews are needed for the same precision
 * when the over-sampled part is no different from the rest.
 *
 * @param share s, over-sampled share of the traffic, in [0, 1].
 * @param factor r, how many times the usual rate, > 0.
 * @returns design effect ≥ 1, a factor without unit.
 * @throws RangeError when the share is outside 0 to 1 or the factor is not positive and finite.
 * @see Kish, Survey Sampling, 1965, section 11.7; Kish, "Weighting for unequal P_i", J. Official Statistics 8, 1992.
 * @example oversamplingDesignEffect(0.15, 5) // 1.408
 */
export function oversamplingDesignEffect(share: number, factor: number): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`The share must lie between 0 and 1, got ${share}.`);
  if (!(factor > 0 && factor < Infinity)) {
    throw new RangeError(`The factor must be positive and finite, got ${factor}.`);
  }
  return Math.max(1, (1 - share + share * factor) * (1 - share + share / factor));
}
