import { checkNonNegative } from "./argument-check";
import { checkBinCounts } from "./bin-counts";
import { noncentralChiSquareTail } from "./noncentral-chi-square-tail";

export type Drift = {
  /** Two-sample chi-square statistic, ≥ 0. */
  statistic: number;
  /** Bins that were used by either side, minus one. */
  degreesOfFreedom: number;
  /** Of the largest drift that is tolerated. */
  noncentrality: number;
  /**
   * Natural logarithm of the probability of a statistic at least this large under the tolerated drift, ≤ 0; a
   * logarithm because it may lie below the smallest number. For `evidenceFromTail`.
   */
  logTail: number;
};

/** A true PSI up to this counts as no drift: the same noise of the pilot is in every comparison with it. */
const tolerated = 0.05;

/**
 * Evidence of drift of one feature against the baseline: chi-square statistic with a tolerance.
 *
 * Formula: T = Σ (a √(m/n) − b √(n/m))² / (a + b) over the bins with a + b > 0; k = nm/(n + m);
 * noncentrality = tolerance · k (a true PSI of δ moves T by about δ k); tail = P(noncentral χ² ≥ T). With
 * tolerance 0 it is Pearson's test of homogeneity.
 *
 * @param production counts a ≥ 0 per bin, n in all. @param baseline counts b of the same bins, m in all.
 * @param tolerance largest true PSI that counts as no drift, ≥ 0, default 0.05.
 * @returns statistic and logarithm of its tail; null when production or baseline is empty, or only one bin was
 *   used (nothing can be compared).
 * @throws RangeError when the numbers of bins differ, a count or the tolerance is negative or not finite, or
 *   the statistic is above 1e10.
 * @see Press et al., Numerical Recipes 2007, equation 14.3.3; Potgieter et al., arXiv 2307.11878 (noncentral
 *   chi-square for a population resemblance that may be less than perfect).
 * @example driftStatistic([18, 12], [50, 50], 0) // { statistic: 0.921…, degreesOfFreedom: 1, … }
 */
export function driftStatistic(
  production: readonly number[],
  baseline: readonly number[],
  tolerance = tolerated,
): Drift | null {
  const { n, m } = checkBinCounts(production, baseline);
  checkNonNegative(tolerance, "The tolerance");
  if (n === 0 || m === 0) return null;
  let statistic = 0;
  let used = 0;
  for (const [bin, a] of production.entries()) {
    const b = baseline[bin] ?? 0;
    if (a + b === 0) continue;
    used += 1;
    statistic += (a * Math.sqrt(m / n) - b * Math.sqrt(n / m)) ** 2 / (a + b);
  }
  if (used < 2) return null;
  const degreesOfFreedom = used - 1;
  const noncentrality = tolerance * (n / (n + m)) * m;
  const logTail = noncentralChiSquareTail(statistic, degreesOfFreedom, noncentrality);
  return { statistic, degreesOfFreedom, noncentrality, logTail };
}
