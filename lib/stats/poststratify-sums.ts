import { type AccuracySums, checkAccuracySums, emptyAccuracySums } from "./accuracy-sums";
import { addAccuracySums } from "./add-accuracy-sums";
import { checkNonNegative } from "./argument-check";
import { scaleAccuracySums } from "./scale-accuracy-sums";
import { spreadUnsure } from "./spread-unsure";
import { standardErrorFromSums } from "./standard-error-from-sums";
import { addUnsureSums, emptyUnsureSums, type UnsureSums } from "./unsure-sums";

export type CountedStratum = {
  /** Records N of the stratum in the bucket, from the ingestion counts. */
  population: number;
  /** Its judged samples, weights on any scale; n = 0 when there are none. */
  sums: AccuracySums;
  /** Its unsure samples, weights on the scale of `sums`, nothing carried. */
  unsure?: UnsureSums;
};

/** Ready for `accuracyFromSums(sums, rest)`. */
export type PoststratifiedSums = {
  /** Sums in which every reviewed stratum weighs as many records as it has. */
  sums: AccuracySums;
  /** Stratified standard error in the unit of accuracy; null when fewer than two samples were judged. */
  standardError: number | null;
  /** Share of all records in strata where nothing was judged, in [0, 1]; 0 without records. */
  unauditedShare: number;
  /** On the same scale as `sums`. */
  unsure: Required<UnsureSums>;
};

function meanOf(sums: AccuracySums): number {
  return sums.sumWY / sums.sumW;
}

/** Joins each stratum of one sample with the one of the closest error rate, until none is left alone. */
function collapse(strata: readonly AccuracySums[]): AccuracySums[] {
  const groups = [...strata];
  while (groups.length > 1) {
    const at = groups.findIndex((group) => group.n === 1);
    const [single] = at < 0 ? [] : groups.splice(at, 1);
    if (single === undefined) break;
    let nearest = 0;
    for (const [i, group] of groups.entries()) {
      const distance = Math.abs(meanOf(group) - meanOf(single));
      const best = groups[nearest];
      if (best && distance < Math.abs(meanOf(best) - meanOf(single))) nearest = i;
    }
    groups[nearest] = addAccuracySums(groups[nearest] ?? emptyAccuracySums, single);
  }
  return groups;
}

/** se² = Σ (N_h / N)² se_h², over strata of at least two samples. */
function stratifiedError(strata: readonly AccuracySums[]): number | null {
  const total = strata.reduce((sum, { sumW }) => sum + sumW, 0);
  let square = 0;
  for (const group of collapse(strata)) {
    const own = standardErrorFromSums(group);
    if (own === null) return null;
    square += ((group.sumW / total) * own) ** 2;
  }
  return strata.length === 0 ? null : Math.sqrt(square);
}

function checkStratum({ population, sums }: CountedStratum): void {
  checkNonNegative(population, "The population of a stratum");
  checkAccuracySums(sums);
  if (population < sums.n) {
    throw new RangeError(`A stratum of ${population} records cannot hold ${sums.n} judged samples.`);
  }
}

/**
 * Post-stratified accuracy sums: each stratum is weighted by its known number of records.
 *
 * Formula: the weights of stratum h times N_h / Σ w_h, then added; with equal weights in a stratum that is
 * w = N_h / n_h. Unsure samples of a stratum are carried by its judged ones (`spreadUnsure`).
 * se² = Σ (N_h/N)² s_h²/n_h without finite-population factor (slightly conservative); for it alone, a stratum
 * with one sample is joined with the stratum of the closest error rate. A stratum with records in which nothing
 * was judged is left out of the sums and counted in `unauditedShare`; its maxWeight is kept.
 *
 * @param strata disjoint strata of one cell, in any number.
 * @returns sums in records, the standard error, the share not audited and the unsure sums.
 * @throws RangeError when a population is negative or smaller than the number judged, or sums are impossible.
 * @see Särndal, Swensson & Wretman 1992, section 7.6; Cochran, Sampling Techniques, 1977, section 5A.12
 *   (collapsed strata).
 * @example const { sums, ...rest } = poststratifySums(strata); accuracyFromSums(sums, rest)
 */
export function poststratifySums(strata: readonly CountedStratum[]): PoststratifiedSums {
  const reviewed: AccuracySums[] = [];
  let sums: AccuracySums = emptyAccuracySums;
  let unsure = { ...emptyUnsureSums };
  let total = 0;
  let unaudited = 0;
  for (const stratum of strata) {
    checkStratum(stratum);
    const { population } = stratum;
    total += population;
    const spread = spreadUnsure(stratum.sums, stratum.unsure ?? emptyUnsureSums);
    const weight = spread.sums.n > 0 ? spread.sums.sumW : spread.unsure.sumW;
    const factor = weight > 0 ? population / weight : 0;
    const { n, sumW, carriedW, carriedWY } = spread.unsure;
    const own = { n, sumW: sumW * factor, carriedW: carriedW * factor, carriedWY: carriedWY * factor };
    unsure = addUnsureSums(unsure, own);
    if (spread.sums.n === 0) {
      unaudited += population;
      sums = addAccuracySums(sums, population > 0 ? spread.sums : emptyAccuracySums);
    } else {
      const scaled = scaleAccuracySums(spread.sums, factor);
      reviewed.push(scaled);
      sums = addAccuracySums(sums, scaled);
    }
  }
  const unauditedShare = total > 0 ? unaudited / total : 0;
  return { sums, standardError: stratifiedError(reviewed), unauditedShare, unsure };
}
