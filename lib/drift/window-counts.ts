import { binCount, binReader, type Feature } from "./feature";
import type { OutputFacts } from "./output-facts";

/** Outputs per bin of each feature, in the order of the features. Two of them add up, in any order. */
export type WindowCounts = number[][];

export function noWindowCounts(features: readonly Pick<Feature, "bins">[]): WindowCounts {
  return features.map(({ bins }) => Array.from({ length: binCount(bins) }, () => 0));
}

/** A function that counts an output into a window, in place: about 0.2 µs a feature. */
export function windowCounter(
  features: readonly Feature[],
): (counts: WindowCounts, facts: OutputFacts) => void {
  const readers = features.map(binReader);
  return (counts, facts) => {
    for (let at = 0; at < readers.length; at += 1) {
      const bin = readers[at]?.(facts);
      const row = counts[at];
      if (row && bin !== undefined) row[bin] = (row[bin] ?? 0) + 1;
    }
  };
}

export function addCounts(a: readonly number[], b: readonly number[]): number[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, bin) => (a[bin] ?? 0) + (b[bin] ?? 0));
}

export function totalOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
