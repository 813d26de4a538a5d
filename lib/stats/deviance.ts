/**
 * Deviance of a Poisson count: by how much the mean misses the count, without cancellation.
 *
 * Formula: x ln(x / mean) + mean − x; near the mean by the series of Loader in v = (x − mean)/(x + mean).
 *
 * @param x positive number, not necessarily whole. @param mean ≥ 0.
 * @returns a natural logarithm without unit, ≥ 0; Infinity when the mean is 0.
 * @throws RangeError when x is not positive, the mean is negative, or one is not finite.
 * @see Loader, "Fast and accurate computation of binomial probabilities", 2000, section 3.
 * @example deviance(2, 1) // 0.3862943611198906 = 2 ln 2 − 1
 */
export function deviance(x: number, mean: number): number {
  if (!(x > 0 && mean >= 0 && x < Infinity && mean < Infinity)) {
    throw new RangeError(
      `The count must be positive, the mean at least 0, and both finite, got ${x} and ${mean}.`,
    );
  }
  const difference = x - mean;
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - difference;
  const v = difference / (x + mean);
  let sum = difference * v;
  let term = 2 * x * v;
  for (let j = 3; ; j += 2) {
    term *= v * v;
    const next = sum + term / j;
    if (next === sum) return sum;
    sum = next;
  }
}
