/**
 * e-BH procedure: which of many hypotheses to reject at a false discovery rate, from e-values.
 *
 * Formula: with K e-values in falling order, reject the largest k for which E₍k₎ ≥ K / (α k). The rate holds
 * under any dependence between the e-values, so slices may overlap.
 *
 * @param logE K natural logarithms of e-values; −Infinity is allowed.
 * @param alpha accepted false discovery rate, in (0, 1].
 * @returns indices into logE, the strongest evidence first; among equals the earlier index first.
 * @throws RangeError when alpha is out of range or an e-value is not a number.
 * @see Wang & Ramdas, Journal of the Royal Statistical Society B 84, 2022, pages 822–852.
 * @example eBenjaminiHochberg([Math.log(15), 0, Math.log(40)], 0.1) // [2, 0]
 */
export function eBenjaminiHochberg(logE: readonly number[], alpha: number): number[] {
  if (!(alpha > 0 && alpha <= 1)) {
    throw new RangeError(`Alpha must be above 0 and at most 1, got ${alpha}.`);
  }
  const bad = logE.find(Number.isNaN);
  if (bad !== undefined) throw new RangeError(`Every e-value must be a number, got ${bad}.`);
  const order = logE
    .map((log, index) => ({ log, index }))
    .sort((a, b) => (a.log === b.log ? a.index - b.index : b.log - a.log));
  const last = order.findLastIndex(({ log }, i) => log >= Math.log(logE.length / (alpha * (i + 1))));
  return order.slice(0, last + 1).map(({ index }) => index);
}
