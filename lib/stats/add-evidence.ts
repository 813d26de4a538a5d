/**
 * Evidence of a change at any time up to now (Shiryaev-Roberts), from one more window, in logarithms.
 *
 * Formula: R' = (R + 1) · e, so ln R' = ln(1 + R) + ln e. While nothing has changed, R minus the number of
 * windows has mean at most 0: a threshold A is reached falsely at most once in A windows on average.
 *
 * @param logSum ln R so far; −Infinity before the first window. @param logEvidence ln e of the new window.
 * @returns ln R'.
 * @throws RangeError when an argument is not a number or +Infinity, or the evidence −Infinity.
 * @see Shin, Ramdas & Rinaldo, "E-detectors", NEJSDS 2, 2024, section 3 (arXiv 2203.03532).
 * @example addEvidence(-Infinity, 0.5) // 0.5
 */
export function addEvidence(logSum: number, logEvidence: number): number {
  if (!(logSum < Infinity))
    throw new RangeError(`The evidence so far must be below infinity, got ${logSum}.`);
  if (!Number.isFinite(logEvidence)) {
    throw new RangeError(`The evidence of a window must be finite, got ${logEvidence}.`);
  }
  return (logSum > 35 ? logSum : Math.log1p(Math.exp(logSum))) + logEvidence;
}
