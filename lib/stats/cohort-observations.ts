import { checkShare } from "./argument-check";
import type { Observation } from "./weight-classes";

export type JudgedSample = {
  /** The output, or its cluster: what was hashed. Samples with the same key fail together and count once. */
  unitKey: string;
  /** u in [0, 1), the hash of the key. */
  randomNumber: number;
  /** d in [0, 1]. */
  error: number;
  /** π in (0, 1]. */
  inclusionProbability: number;
};

type Unit = { unitKey: string; randomNumber: number; errors: number[]; weights: number[] };

function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values.toSorted((a, b) => a - b)) sum += value;
  return sum / values.length;
}

/**
 * The observations of a closed cohort, in the order in which the detector takes them.
 *
 * Formula: w = smallestProbability / π; samples with the same key become one observation with their mean error
 * and mean weight; order by random number, then key. The order depends on hashes only: fed in order of arrival,
 * wrong outputs that are judged sooner would look like a change.
 *
 * @param samples judged samples of one segment, in any order.
 * @param smallestProbability smallest π among the strata of the segment in this epoch, in (0, 1].
 * @returns errors in [0, 1] and weights in (0, 1] for the steps of a detector; empty without samples.
 * @throws RangeError when a number is out of range or a probability smaller than the smallest.
 * @see Ohlsson, Journal of Official Statistics 14, 1998, page 149 (permanent random numbers).
 * @example cohortObservations([{ unitKey: "a", randomNumber: 0.2, error: 1, inclusionProbability: 0.5 }], 0.1)
 *   // [{ error: 1, weight: 0.2 }]
 */
export function cohortObservations(
  samples: readonly JudgedSample[],
  smallestProbability: number,
): Observation[] {
  if (!(smallestProbability > 0 && smallestProbability <= 1)) {
    throw new RangeError(
      `The smallest probability must be above 0 and at most 1, got ${smallestProbability}.`,
    );
  }
  const units = new Map<string, Unit>();
  for (const { unitKey, randomNumber, error, inclusionProbability } of samples) {
    checkShare(randomNumber, "Every random number");
    checkShare(error, "Every error");
    if (!(inclusionProbability >= smallestProbability && inclusionProbability <= 1)) {
      throw new RangeError(
        `Every probability must lie between the smallest and 1, got ${inclusionProbability}.`,
      );
    }
    const unit = units.get(unitKey) ?? { unitKey, randomNumber, errors: [], weights: [] };
    units.set(unitKey, unit);
    unit.randomNumber = Math.min(unit.randomNumber, randomNumber);
    unit.errors.push(error);
    unit.weights.push(smallestProbability / inclusionProbability);
  }
  return [...units.values()]
    .sort((a, b) => a.randomNumber - b.randomNumber || (a.unitKey < b.unitKey ? -1 : 1))
    .map(({ errors, weights }) => ({ error: Math.min(1, mean(errors)), weight: Math.min(1, mean(weights)) }));
}
