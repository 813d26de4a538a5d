/**
 * By how much clusters inflate the variance of the bin counts of a feature, on average over its bins.
 *
 * Formula: δ = Σ_b (C/(C−1) Σ_c (a_cb − k_c p_b)² / n) / p_b / (B − 1) over the used bins, a_cb outputs of cluster c in bin b, k_c its
 * size: counts divided by δ vary about as counts of independent outputs do. Never below 1.
 *
 * @param places bin of each output. @param clusters its cluster, in the same order.
 * @returns δ ≥ 1; 1 when no two outputs share a cluster.
 * @see Rao & Scott, Journal of the American Statistical Association 76, 1981 (first-order correction).
 */
export function designEffect(places: readonly number[], clusters: readonly string[]): number {
  const n = places.length;
  const byCluster = new Map<string, Map<number, number>>();
  const totals = new Map<number, number>();
  for (const [at, bin] of places.entries()) {
    const key = clusters[at] ?? "";
    const counts = byCluster.get(key) ?? new Map<number, number>();
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
    byCluster.set(key, counts);
    totals.set(bin, (totals.get(bin) ?? 0) + 1);
  }
  const size = byCluster.size;
  if (size === n || size < 2 || totals.size < 2) return 1;
  let sum = 0;
  for (const [bin, total] of totals) {
    const share = total / n;
    let squares = 0;
    for (const counts of byCluster.values()) {
      let k = 0;
      for (const count of counts.values()) k += count;
      squares += ((counts.get(bin) ?? 0) - k * share) ** 2;
    }
    sum += ((size / (size - 1)) * squares) / (n * share);
  }
  return Math.max(1, sum / (totals.size - 1));
}
