/**
 * Logarithm of the mean of numbers that are given by their logarithms.
 *
 * Formula: ln(Σ exp(x) / n) = largest + ln(Σ exp(x − largest)) − ln n, which cannot overflow.
 *
 * @param logs n ≥ 1 natural logarithms; −Infinity stands for the number 0.
 * @returns a natural logarithm; −Infinity when every number is 0.
 * @throws RangeError when there are no numbers or one of the logarithms is NaN or Infinity.
 * @see Blanchard, Higham & Higham, IMA Journal of Numerical Analysis 41, 2021, pages 2311–2330.
 * @example logMeanExp([0, Math.log(3)]) // ln 2 = 0.693…
 */
export function logMeanExp(logs: ArrayLike<number>): number {
  if (logs.length === 0) throw new RangeError("There must be at least one logarithm.");
  let largest = -Infinity;
  for (let i = 0; i < logs.length; i += 1) {
    const log = logs[i] ?? 0;
    if (!(log < Infinity)) throw new RangeError(`Every logarithm must be smaller than Infinity, got ${log}.`);
    if (log > largest) largest = log;
  }
  if (largest === -Infinity) return largest;
  let sum = 0;
  for (let i = 0; i < logs.length; i += 1) sum += Math.exp((logs[i] ?? 0) - largest);
  return largest + Math.log(sum / logs.length);
}
