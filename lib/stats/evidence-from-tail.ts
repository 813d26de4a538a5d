/** Tails below e^−690 count as that much: e^690 is close to the largest number. */
const strongest = 690;

/**
 * Evidence (e-value) from a tail probability (p-value) by the mixture calibrator, both in logarithms.
 *
 * Formula: e = ∫₀¹ κ p^(κ−1) dκ = (p^−1 − 1 + ln p) / (ln p)². Its mean is at most 1 while the null holds, so that it may be
 * multiplied over time and watched at will; 0.5 at p = 1, about 1.8 at 0.05, 1.3 · 10⁹ at 10⁻¹².
 *
 * @param logTail ln p, ≤ 0; −Infinity is allowed.
 * @returns ln e, without unit, between −0.7 and 677.
 * @throws RangeError when the logarithm is above 0 or not a number.
 * @see Vovk & Wang, "E-values: calibration, combination and applications", Annals of Statistics 49, 2021,
 *   equation 2.
 * @example evidenceFromTail(Math.log(0.05)) // 0.578… = ln 1.783…
 */
export function evidenceFromTail(logTail: number): number {
  if (!(logTail <= 0)) throw new RangeError(`The logarithm of a tail must be at most 0, got ${logTail}.`);
  const x = Math.min(strongest, -logTail);
  if (x < 1e-3) return Math.log(0.5 + x / 6 + (x * x) / 24);
  return x > 30 ? x - 2 * Math.log(x) : Math.log((Math.expm1(x) - x) / (x * x));
}
