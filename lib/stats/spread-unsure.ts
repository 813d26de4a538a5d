import type { AccuracySums } from "./accuracy-sums";
import { scaleAccuracySums } from "./scale-accuracy-sums";
import { checkUnsureSums, type UnsureSums } from "./unsure-sums";

/**
 * Lets the judged samples of one (stratum, bucket) stand in for the unsure ones of the same cell.
 *
 * Formula: the weights of the judged samples times (Σ w judged + Σ w unsure) / Σ w judged, which with equal
 * weights is processed / (processed − unsure). Call it per cell, before cells are added: samples are taken as
 * missing at random within a cell only. What was carried is noted, so that `accuracyFromSums` can still give
 * the bounds "all unsure wrong … all unsure right".
 *
 * @param sums judged samples of the cell. @param unsure unsure samples of the cell, nothing carried yet.
 * @returns the raised sums and the unsure sums; when nothing was judged, both as given and nothing carried.
 * @throws RangeError when the sums are impossible or the unsure samples are carried already.
 * @see Särndal, Swensson & Wretman 1992, section 15.6 (response homogeneity groups); Manski 1995, chapter 2.
 * @example spreadUnsure(sums, { n: 1, sumW: sums.sumW }).sums.sumW // 2 × sums.sumW
 */
export function spreadUnsure(
  sums: AccuracySums,
  unsure: UnsureSums,
): { sums: AccuracySums; unsure: Required<UnsureSums> } {
  checkUnsureSums(unsure);
  if ((unsure.carriedW ?? 0) > 0) throw new RangeError("These unsure samples are carried already.");
  const { n, sumW } = unsure;
  if (sums.n === 0) return { sums, unsure: { n, sumW, carriedW: 0, carriedWY: 0 } };
  return {
    sums: scaleAccuracySums(sums, (sums.sumW + sumW) / sums.sumW),
    unsure: { n, sumW, carriedW: sumW, carriedWY: sumW * (sums.sumWY / sums.sumW) },
  };
}
