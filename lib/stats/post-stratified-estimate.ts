import { type AccuracySums, accuracySumsOf, emptyAccuracySums } from "./accuracy-sums";
import { addAccuracySums } from "./add-accuracy-sums";
import type { HajekEstimate } from "./hajek-estimate";
import { poststratifySums } from "./poststratify-sums";

export type StratifiedSample = {
  /** n labels y in [0, 1]. */
  correct: readonly number[];
  /** n names, the stratum of each label. */
  stratum: readonly string[];
  /** Number of records per stratum. */
  populationCounts: Readonly<Record<string, number>>;
};

/**
 * Post-stratified estimate of accuracy from labels held in memory.
 *
 * Formula: w_i = N_h / n_h; mean = Σ w y / Σ w; se² = Σ (N_h/N)² s_h²/n_h (see `poststratifySums`).
 *
 * @param sample labels in [0, 1], their strata and the number of records of every stratum.
 * @returns mean and standard error (shares), n, Kish's effective n, and the share of records in strata without
 *   a label; null without labels.
 * @throws RangeError when lengths differ, a stratum has no count, a label is outside 0 to 1, or a count is
 *   smaller than the number of labels.
 * @see Särndal, Swensson & Wretman 1992, section 7.6.
 * @example postStratifiedEstimate({ correct: [1, 1, 0, 0], stratum: ["a", "a", "b", "b"],
 *   populationCounts: { a: 30, b: 10 } })?.mean // 0.75
 */
export function postStratifiedEstimate(
  sample: StratifiedSample,
): (HajekEstimate & { unauditedShare: number }) | null {
  const { correct, stratum, populationCounts } = sample;
  if (correct.length !== stratum.length) {
    throw new RangeError(`There must be one stratum per label, got ${stratum.length} for ${correct.length}.`);
  }
  const cells = new Map<string, AccuracySums>();
  for (const name of Object.keys(populationCounts)) cells.set(name, emptyAccuracySums);
  for (const [i, y] of correct.entries()) {
    const cell = cells.get(stratum[i] ?? "");
    if (cell === undefined) throw new RangeError(`The stratum ${stratum[i]} has no count of records.`);
    cells.set(stratum[i] ?? "", addAccuracySums(cell, accuracySumsOf([y], [1])));
  }
  const strata = [...cells].map(([name, sums]) => ({ population: populationCounts[name] ?? 0, sums }));
  const { sums, standardError, unauditedShare } = poststratifySums(strata);
  if (sums.n === 0) return null;
  const effectiveN = Math.min(sums.n, sums.sumW / (sums.sumW2 / sums.sumW));
  const mean = Math.min(1, sums.sumWY / sums.sumW);
  return { mean, standardError, n: sums.n, effectiveN, unauditedShare };
}
