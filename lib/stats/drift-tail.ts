import { checkBinCounts } from "./bin-counts";
import { driftStatistic } from "./drift-statistic";
import { incompleteBeta } from "./incomplete-beta";

/** A bin of which production would hold less than this, if the two were alike, is too thin for a chi-square. */
const thinnest = 1;

/** Share of the chance of a false finding that is spent on thin bins: their tails fall so steeply that little is enough. */
const growthShare = 0.1;

/** Logarithm of P(at least `a` of `a + b` fall into production), when each does with probability `share`. */
function logGrowthTail(a: number, b: number, share: number): number {
  if (a <= 0) return 0;
  return Math.log(incompleteBeta(a, b + 1)(share, 1 - share).lower);
}

/**
 * Tail probability of the counts of one feature when it has not drifted, also where bins are nearly empty.
 *
 * Formula: bins of which production would hold less than one output if both were alike, (a + b) n / (n + m) < 1, leave the chi-square
 * (together they come back as one bin when they would hold one). Their growth has an exact tail of its own, P(Binomial(a + b,
 * n / (n + m)) ≥ a) over their sums. The result is the smaller of the two tails, divided by 0.9 and by 0.1 (there is no second tail
 * when no bin is thin). Without that, a single value that the pilot never
 * had (a = 1, b = 0) adds m / n to the statistic: with 60 outputs a day and a pilot of 2,000 it would be called drift by itself.
 *
 * @param production counts a ≥ 0 per bin, n in all. @param baseline counts b of the same bins, m in all.
 * @param tolerance as in `driftStatistic`.
 * @returns natural logarithm of a probability, ≤ 0, for `evidenceFromTail`; null when production or baseline
 *   is empty; 0 (no sign of drift) when only one bin was used.
 * @throws RangeError as `driftStatistic` does.
 * @see Cochran, Biometrics 10, 1954 (expected counts of 1 and more); Przyborowski & Wilenski, Biometrika 31, 1940 (conditional test of two
 *   rates).
 * @example driftTail([59, 1], [2000, 0]) // −1.23…: one new value in sixty is no drift
 */
export function driftTail(
  production: readonly number[],
  baseline: readonly number[],
  tolerance?: number,
): number | null {
  const { n, m } = checkBinCounts(production, baseline);
  if (n === 0 || m === 0) return null;
  const thick: { a: number; b: number }[] = [];
  const thin = { a: 0, b: 0 };
  for (const [bin, a] of production.entries()) {
    const b = baseline[bin] ?? 0;
    if (expectedOf(a, b, n, m) >= thinnest) {
      thick.push({ a, b });
    } else {
      thin.a += a;
      thin.b += b;
    }
  }
  if (expectedOf(thin.a, thin.b, n, m) >= thinnest) thick.push(thin);
  const statistic = driftStatistic(
    thick.map(({ a }) => a),
    thick.map(({ b }) => b),
    tolerance,
  );
  const logTail = statistic?.logTail ?? 0;
  if (thin.a + thin.b === 0) return logTail;
  const growth = logGrowthTail(thin.a, thin.b, n / (n + m));
  return Math.min(0, logTail - Math.log(1 - growthShare), growth - Math.log(growthShare));
}

function expectedOf(a: number, b: number, n: number, m: number): number {
  return (a + b) * (n / (n + m));
}
