import { convexLevelSet } from "@/lib/stats/convex-level-set";
import type { Interval } from "@/lib/stats/interval";
import { stirlingError } from "@/lib/stats/stirling-error";

/** ln Γ(z) for z > 0. */
function logGamma(z: number): number {
  return (z - 0.5) * Math.log(z) - z + 0.9189385332046727 + stirlingError(z);
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/**
 * The band without weights and with all bets of a Beta(a, b) distribution at once, in closed form:
 * ln B(a + S, b + F) − ln B(a, b) − S ln m − F ln(1 − m) < ln(1/α), for S right and F wrong (Robbins 1970).
 */
export function betaBinomialBand(
  right: number,
  wrong: number,
  [a, b]: [number, number],
  alpha: number,
): Interval {
  const constant = logBeta(a + right, b + wrong) - logBeta(a, b);
  return convexLevelSet((x) => {
    const m = 1 / (1 + Math.exp(-x));
    return {
      value: constant + right * Math.log1p(Math.exp(-x)) + wrong * Math.log1p(Math.exp(x)),
      slope: wrong * m - right * (1 - m),
    };
  }, -Math.log(alpha));
}
