import { alwaysValidBand } from "@/lib/stats/always-valid-band";
import type { Interval } from "@/lib/stats/interval";
import { countedStrata, type StratumCell } from "./cell-estimate";

/**
 * Always-valid band of a cell: holds however often one looks while its reviews come in, where the interval of its estimate is for one
 * look. Every stratum weighs as many outputs as it has; traffic that nobody has looked at counts as all wrong and as all right. Null
 * when nothing was judged.
 */
export function cellBand(cells: readonly StratumCell[]): Interval | null {
  const strata = countedStrata(cells);
  const judged = strata.filter(({ sums }) => sums.n > 0);
  const weights = judged.map(({ population, sums }) => population / sums.n);
  const largest = Math.max(...weights);
  const classes = judged.flatMap(({ sums: { n, sumW, sumWY } }, at) => {
    const weight = Math.min(1, (weights[at] ?? 0) / largest);
    const right = Math.min(n, (n * sumWY) / sumW);
    return [
      { weight, error: 0, count: right },
      { weight, error: 1, count: Math.max(0, n - right) },
    ];
  });
  const band = alwaysValidBand(classes);
  if (!band) return null;
  const all = strata.reduce((sum, { population }) => sum + population, 0);
  const unseen = all > 0 ? 1 - judged.reduce((sum, { population }) => sum + population, 0) / all : 0;
  return { low: (1 - unseen) * band.low, high: Math.min(1, (1 - unseen) * band.high + unseen) };
}
