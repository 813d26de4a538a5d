import { checkShare, sumOfWeights } from "./argument-check";
import type { WeightClass } from "./evidence-from-counts";

export type Observation = {
  /** d in [0, 1]: 0 right, 1 wrong, fractions for merged clusters and graded rubrics. */
  error: number;
  /** Positive, of any common scale: 1 / inclusion probability, or already relative. */
  weight: number;
};

/**
 * Groups observations by weight and error, with weights relative to the largest.
 *
 * Formula: weight = w / largest; count = number of observations with that weight and error.
 *
 * @param observations n errors and weights. @param largestWeight that may occur, at least every weight given
 *   and known from the sampling rates alone; by default the largest one given.
 * @returns classes in falling order of weight, then rising error, so that the order of the observations does
 *   not matter; empty without observations.
 * @throws RangeError when an error or weight is out of range or the largest weight smaller than one of them.
 * @see evidenceFromCounts and alwaysValidBand, which take them.
 * @example weightClassesOf([{ error: 0, weight: 4 }, { error: 0, weight: 4 }, { error: 1, weight: 2 }])
 *   // [{ weight: 1, error: 0, count: 2 }, { weight: 0.5, error: 1, count: 1 }]
 */
export function weightClassesOf(observations: readonly Observation[], largestWeight?: number): WeightClass[] {
  sumOfWeights(observations.map(({ weight }) => weight));
  const given = observations.reduce((max, { weight }) => Math.max(max, weight), 0);
  const largest = largestWeight ?? given;
  if (!(largest >= given && largest < Infinity)) {
    throw new RangeError(`The largest weight must be finite and at least every weight, got ${largest}.`);
  }
  const classes = new Map<number, Map<number, WeightClass>>();
  for (const { error, weight } of observations) {
    checkShare(error, "Every error");
    const byError = classes.get(weight) ?? new Map<number, WeightClass>();
    classes.set(weight, byError);
    const known = byError.get(error) ?? { weight: weight / largest, error, count: 0 };
    byError.set(error, known);
    known.count += 1;
  }
  return [...classes.values()]
    .flatMap((byError) => [...byError.values()])
    .sort((a, b) => b.weight - a.weight || a.error - b.error);
}
