import { checkBinCounts } from "./bin-counts";

/** x log₂(x / y), 0 for x = 0. */
function bits(x: number, y: number): number {
  return x === 0 ? 0 : x * Math.log2(x / y);
}

/**
 * Jensen-Shannon distance (base 2) of two binned distributions.
 *
 * Formula: √(½ Σ p log₂(p/m) + ½ Σ q log₂(q/m)), m = (p + q)/2, with p, q the shares of the bins. Symmetric,
 * a metric; 0 for equal shares, 1 when no bin is used by both. Noise raises it as it does the PSI.
 *
 * @param production counts ≥ 0 per bin. @param baseline counts of the same bins.
 * @returns distance in [0, 1]; null when production or baseline is empty.
 * @throws RangeError when the numbers of bins differ or a count is negative or not finite.
 * @see Lin, IEEE Transactions on Information Theory 37, 1991; Endres & Schindelin, ibid. 49, 2003 (a metric).
 * @example jensenShannonDistance([10, 0], [0, 10]) // 1
 */
export function jensenShannonDistance(
  production: readonly number[],
  baseline: readonly number[],
): number | null {
  const totals = checkBinCounts(production, baseline);
  if (totals.n === 0 || totals.m === 0) return null;
  let divergence = 0;
  for (const [bin, count] of production.entries()) {
    const p = count / totals.n;
    const q = (baseline[bin] ?? 0) / totals.m;
    const middle = (p + q) / 2;
    divergence += (bits(p, middle) + bits(q, middle)) / 2;
  }
  return Math.sqrt(Math.min(1, Math.max(0, divergence)));
}
