/** Mean size of the cluster that an output stands in: 1 when no two share one. */
export function meanClusterSize(clusters: readonly string[]): number {
  const sizes = new Map<string, number>();
  for (const cluster of clusters) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  let squares = 0;
  for (const size of sizes.values()) squares += size * size;
  return clusters.length === 0 ? 1 : squares / clusters.length;
}
