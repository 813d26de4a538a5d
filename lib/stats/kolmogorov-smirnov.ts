export type KolmogorovSmirnov = {
  /** Largest vertical distance of the two empirical distribution functions, in [0, 1]. */
  distance: number;
  /** Probability of a distance at least this large without drift, in [0, 1], by the limit law; for showing only. */
  tail: number;
};

function checkedSorted(values: readonly number[]): number[] {
  for (const value of values) {
    if (!Number.isFinite(value)) throw new RangeError(`Every value must be finite, got ${value}.`);
  }
  return values.toSorted((x, y) => x - y);
}

/** P(K ≥ x) of Kolmogorov's limit law, by the series that converges fast. */
function kolmogorovTail(x: number): number {
  let sum = 0;
  if (x < 1.18) {
    if (x < 0.03) return 1;
    for (let k = 1; k <= 9; k += 2) sum += Math.exp(-((k * Math.PI) ** 2) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  for (let k = 1; k <= 8; k += 1) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return sum;
}

/**
 * Two-sample Kolmogorov-Smirnov distance of a numeric feature, with its asymptotic tail probability.
 *
 * Formula: D = max |F_production − F_baseline| over all values, ties taken together; tail = P(K ≥ D √(nm/(n+m)))
 * for Kolmogorov's K. Ties make the tail too large, never too small.
 *
 * @param production n finite values. @param baseline m finite values.
 * @returns distance and tail; null when one side has no values.
 * @throws RangeError when a value is not finite.
 * @see Smirnov, Annals of Mathematical Statistics 19, 1948; Press et al., Numerical Recipes 2007, section 14.3.3.
 * @example kolmogorovSmirnov([1, 2, 3], [4, 5, 6])?.distance // 1
 */
export function kolmogorovSmirnov(
  production: readonly number[],
  baseline: readonly number[],
): KolmogorovSmirnov | null {
  const a = checkedSorted(production);
  const b = checkedSorted(baseline);
  const n = a.length;
  const m = b.length;
  if (n === 0 || m === 0) return null;
  let i = 0;
  let j = 0;
  let distance = 0;
  while (i < n && j < m) {
    const value = Math.min(a[i] ?? 0, b[j] ?? 0);
    while (i < n && a[i] === value) i += 1;
    while (j < m && b[j] === value) j += 1;
    distance = Math.max(distance, Math.abs(i / n - j / m));
  }
  const tail = kolmogorovTail(distance * Math.sqrt((n / (n + m)) * m));
  return { distance, tail: Math.min(1, Math.max(0, tail)) };
}
