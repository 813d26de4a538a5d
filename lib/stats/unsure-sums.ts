import { checkNonNegative } from "./argument-check";

/** Samples whose reviewers could not judge, or that expired or were erased: counted, never dropped. */
export type UnsureSums = {
  /** Number of such samples. */
  n: number;
  /** Σ of their weights, on the scale of the accuracy sums. */
  sumW: number;
  /** Part of the accuracy sums' Σ w that stands in for them (`spreadUnsure`); 0 when absent. */
  carriedW?: number;
  /** Part of the accuracy sums' Σ w y that stands in for them; 0 when absent. */
  carriedWY?: number;
};

/** No unsure sample: the neutral element of `addUnsureSums`. */
export const emptyUnsureSums: Readonly<Required<UnsureSums>> = { n: 0, sumW: 0, carriedW: 0, carriedWY: 0 };

/** Throws a RangeError unless the sums are finite, not negative, and carry no more than they weigh. */
export function checkUnsureSums({ n, sumW, carriedW = 0, carriedWY = 0 }: UnsureSums): void {
  checkNonNegative(n, "The number of unsure samples");
  checkNonNegative(sumW, "The weight of the unsure samples");
  checkNonNegative(carriedW, "carriedW");
  checkNonNegative(carriedWY, "carriedWY");
  const slack = 1 + 1e-9;
  if (n === 0 && sumW > 0) throw new RangeError("No unsure sample can have no weight but 0.");
  if (carriedW > sumW * slack || carriedWY > carriedW * slack) {
    throw new RangeError("Unsure samples cannot be carried with more than their own weight.");
  }
}

/**
 * Unsure sums of two disjoint sets of samples taken together.
 *
 * Formula: every sum is added.
 *
 * @param a sums on the same scale of weights as b. @param b the same.
 * @returns the sums of the union.
 * @throws RangeError when a number is negative or not finite, or more is carried than weighed.
 * @see Manski, Identification Problems in the Social Sciences, 1995, chapter 2.
 * @example addUnsureSums({ n: 1, sumW: 5 }, { n: 2, sumW: 6 }).sumW // 11
 */
export function addUnsureSums(a: UnsureSums, b: UnsureSums): Required<UnsureSums> {
  checkUnsureSums(a);
  checkUnsureSums(b);
  return {
    n: a.n + b.n,
    sumW: a.sumW + b.sumW,
    carriedW: (a.carriedW ?? 0) + (b.carriedW ?? 0),
    carriedWY: (a.carriedWY ?? 0) + (b.carriedWY ?? 0),
  };
}
