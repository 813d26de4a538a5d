import { type AccuracySums, checkAccuracySums } from "./accuracy-sums";

/**
 * Linearised standard error of the Hájek estimate, from sums.
 *
 * Formula: se² = n/(n−1) · (Σ w²y² − 2 m Σ w²y + m² Σ w²) / (Σ w)², m = Σ w y / Σ w. A difference within the
 * rounding of the sums counts as 0 (all labels equal).
 *
 * @param sums accuracy sums of n observations.
 * @returns standard error, in the unit of accuracy (0 to 1); null when n < 2.
 * @throws RangeError when the sums are impossible.
 * @see Särndal, Swensson & Wretman 1992, result 5.7.1.
 * @example standardErrorFromSums(accuracySumsOf([1, 0], [1, 1])) // 0.5
 */
export function standardErrorFromSums(sums: AccuracySums): number | null {
  checkAccuracySums(sums);
  const { n, sumW, sumW2, sumWY, sumW2Y, sumW2YY } = sums;
  if (n < 2) return null;
  const mean = Math.min(1, sumWY / sumW);
  const squares = sumW2YY - 2 * mean * sumW2Y + mean * mean * sumW2;
  const rounding = 4 * n * Number.EPSILON * sumW2;
  return squares <= rounding ? 0 : Math.sqrt((n / (n - 1)) * squares) / sumW;
}
