import { checkBinCounts } from "./bin-counts";

export type PopulationStability = {
  /** PSI, a sum of logarithms without unit, ≥ 0; 0 when the shares of all bins are equal. */
  index: number;
  /** Mean of the index when nothing has drifted: (B − 1)(1/n + 1/m). An index near it is noise. */
  noiseFloor: number;
};

/**
 * Population stability index (PSI) of production against a baseline, with its noise floor.
 *
 * Formula: Σ (p − q) ln(p / q) over the B bins, p = (count + ½)/(n + B/2) of production, q the same of the
 * baseline; the ½ keeps an empty bin finite. It is Jeffreys' divergence of the two. For showing, not for alarms:
 * an index above 0.1 or 0.25 is common without any drift when there are few records (`driftStatistic` alarms).
 *
 * @param production B counts, ≥ 0, n in all. @param baseline counts of the same B bins, m in all.
 * @returns index and noise floor; null when production or baseline is empty.
 * @throws RangeError when the numbers of bins differ or a count is negative or not finite.
 * @see Jeffreys, Proc. Royal Society A 186, 1946; Yurdakul, Statistical Properties of Population Stability Index,
 *   2018, chapter 3 (mean without drift).
 * @example populationStabilityIndex([30, 70], [300, 700]) // { index: 0.000061…, noiseFloor: 0.011 }
 */
export function populationStabilityIndex(
  production: readonly number[],
  baseline: readonly number[],
): PopulationStability | null {
  const { n, m } = checkBinCounts(production, baseline);
  if (n === 0 || m === 0) return null;
  const bins = production.length;
  let index = 0;
  for (const [bin, count] of production.entries()) {
    const p = (count + 0.5) / (n + bins / 2);
    const q = ((baseline[bin] ?? 0) + 0.5) / (m + bins / 2);
    index += (p - q) * Math.log(p / q);
  }
  return { index, noiseFloor: (bins - 1) * (1 / n + 1 / m) };
}
