import { checkNonNegative } from "./argument-check";

/** Throws unless both lists hold one finite count ≥ 0 per bin; returns the two totals. */
export function checkBinCounts(
  production: readonly number[],
  baseline: readonly number[],
): { n: number; m: number } {
  if (production.length !== baseline.length) {
    throw new RangeError(
      `Production and baseline must have the same bins, got ${production.length} and ${baseline.length}.`,
    );
  }
  const total = (counts: readonly number[], what: string) => {
    const sum = counts.reduce((all, count) => {
      checkNonNegative(count, `Every ${what} count`);
      return all + count;
    }, 0);
    if (!(sum < Infinity)) throw new RangeError(`The sum of the ${what} counts must be finite.`);
    return sum;
  };
  return { n: total(production, "production"), m: total(baseline, "baseline") };
}
