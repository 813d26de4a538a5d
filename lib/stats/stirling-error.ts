const halfLogTwoPi = 0.9189385332046727;

/**
 * Stirling error: by how much ln Γ(z+1) exceeds Stirling's approximation.
 *
 * Formula: ln Γ(z+1) − [(z + ½) ln z − z + ½ ln 2π]. From z ≥ 16 on it is the asymptotic series
 * 1/12z − 1/360z³ + 1/1260z⁵ − 1/1680z⁷ + 1/1188z⁹; below, it is reached by the recurrence
 * error(z) = error(z+1) + (z + ½) ln(1 + 1/z) − 1, which has no cancellation for small z.
 *
 * @param z positive number; 0 < z < ∞.
 * @returns a natural logarithm without unit, > 0; about 1/(12z).
 * @throws RangeError when z is not a positive finite number.
 * @see Loader, "Fast and accurate computation of binomial probabilities", 2000, section 2;
 *   Abramowitz & Stegun 1964, 6.1.41.
 * @example stirlingError(1) // 0.08106146679532726 = 1 − ½ ln 2π
 */
export function stirlingError(z: number): number {
  if (!(z > 0 && z < Infinity)) throw new RangeError(`z must be positive and finite, got ${z}.`);
  if (z < 1e-8) return -halfLogTwoPi - (z + 0.5) * Math.log(z);
  let shift = 0;
  let at = z;
  while (at < 16) {
    shift += (at + 0.5) * Math.log1p(1 / at) - 1;
    at += 1;
  }
  const s = 1 / (at * at);
  return shift + (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / at;
}
