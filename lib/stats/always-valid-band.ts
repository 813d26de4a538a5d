import { type CurvePoint, convexLevelSet } from "./convex-level-set";
import { checkWeightClasses, type WeightClass } from "./evidence-from-counts";
import type { Interval } from "./interval";
import { logMeanExp } from "./log-mean-exp";

const half = 30;
/** 30 quantiles of Beta(9, 1), whose quantile function is p^(1/9), and 30 equally spaced points. */
const bets = Float64Array.from({ length: 2 * half }, (_, k) =>
  k < half ? ((k + 0.5) / half) ** (1 / 9) : (k - half + 0.5) / half,
);
const logBets = bets.map(Math.log);
const logRests = bets.map((q) => Math.log1p(-q));

type Sorted = {
  /** Counts of weight 1 that are entirely right or wrong: their part of the sum does not depend on the bet. */
  right: number;
  wrong: number;
  others: WeightClass[];
};

function sortOut(classes: readonly WeightClass[]): Sorted {
  const sorted: Sorted = { right: 0, wrong: 0, others: [] };
  for (const each of classes) {
    if (each.count === 0) continue;
    if (each.weight === 1 && each.error === 0) sorted.right += each.count;
    else if (each.weight === 1 && each.error === 1) sorted.wrong += each.count;
    else sorted.others.push(each);
  }
  return sorted;
}

/** ln(1 + e^x) for |x| ≤ 28. */
const softplus = (x: number) => Math.log1p(Math.exp(x));

/** right · ln(1/m) + wrong · ln(1/(1 − m)) and its derivative with respect to x = logit m. */
function plainPart({ right, wrong }: Sorted, x: number): CurvePoint {
  const m = 1 / (1 + Math.exp(-x));
  return {
    value: right * softplus(-x) + wrong * softplus(x),
    slope: wrong * m - right * (1 - m),
  };
}

/**
 * Log wealth at m of every bet q. The factor 1 + l w (y − m) with l = (q − m) / (m (1 − m)) is
 * 1 − w + w (y q / m + (1 − y) (1 − q) / (1 − m)): linear in q.
 */
function logWealth(sorted: Sorted, fixed: Float64Array): (x: number) => CurvePoint {
  const logs = new Float64Array(bets.length);
  const slopes = new Float64Array(bets.length);
  return (x) => {
    logs.set(fixed);
    slopes.fill(0);
    const odds = Math.exp(x);
    for (const { weight, error, count } of sorted.others) {
      const ifWrong = weight * error;
      const ifRight = weight * (1 - error);
      const base = 1 - weight + ifWrong * (1 + odds);
      const rise = ifRight * (1 + 1 / odds) - ifWrong * (1 + odds);
      const baseSlope = ifWrong * odds;
      const riseSlope = -ifRight / odds - baseSlope;
      for (let k = 0; k < bets.length; k += 1) {
        const q = bets[k] ?? 0;
        const factor = base + rise * q;
        logs[k] = (logs[k] ?? 0) + count * Math.log(factor);
        slopes[k] = (slopes[k] ?? 0) + (count * (baseSlope + riseSlope * q)) / factor;
      }
    }
    return softMean(logs, slopes, plainPart(sorted, x));
  };
}

/** ln of the mean wealth, and the mean of the slopes weighted by wealth. */
function softMean(logs: Float64Array, slopes: Float64Array, plain: CurvePoint): CurvePoint {
  let largest = -Infinity;
  for (let k = 0; k < logs.length; k += 1) largest = Math.max(largest, logs[k] ?? 0);
  let sum = 0;
  let slope = 0;
  for (let k = 0; k < logs.length; k += 1) {
    const below = (logs[k] ?? 0) - largest;
    if (below < -45) continue;
    const wealth = Math.exp(below);
    sum += wealth;
    slope += wealth * (slopes[k] ?? 0);
  }
  return {
    value: plain.value + largest + Math.log(sum / logs.length),
    slope: plain.slope + slope / sum,
  };
}

/**
 * Always-valid band (confidence sequence) of accuracy: right at every look at once, however often one looks.
 *
 * Formula: sixty bets q; M(m) = mean over q of Π (1 + l w (y − m))^count with y = 1 − d and
 * l = (q − m) / (m (1 − m)); band = all m with M(m) < 1/α. M is a sum of products of positive sums of powers of
 * m / (1 − m), so ln M is convex in logit m, and at the weighted mean M ≤ 1: the band is one interval around the
 * weighted mean, and Newton's method from outside finds its limits.
 *
 * @param classes observations by weight (relative to the largest that may occur) and error, in any order.
 * @param alpha chance of ever excluding the truth, in (0, 1), default 0.05.
 * @returns limits, shares in [0, 1]; null without observations.
 * @throws RangeError when a weight, error or count is out of range or alpha not strictly between 0 and 1.
 * @see Waudby-Smith & Ramdas, Journal of the Royal Statistical Society B 86, 2024, pages 1–27; Robbins, Annals of
 *   Mathematical Statistics 41, 1970.
 * @example alwaysValidBand([{ weight: 1, error: 0, count: 139 }, { weight: 1, error: 1, count: 14 }])
 *   // { low: 0.8185…, high: 0.9643… }
 */
export function alwaysValidBand(classes: readonly WeightClass[], alpha = 0.05): Interval | null {
  if (!(alpha > 0 && alpha < 1)) {
    throw new RangeError(`Alpha must lie strictly between 0 and 1, got ${alpha}.`);
  }
  checkWeightClasses(classes);
  const sorted = sortOut(classes);
  const { right, wrong, others } = sorted;
  if (right === 0 && wrong === 0 && others.length === 0) return null;
  const fixed = logBets.map((log, k) => right * log + wrong * (logRests[k] ?? 0));
  const level = -Math.log(alpha);
  if (others.length > 0) return convexLevelSet(logWealth(sorted, fixed), level);
  const constant = logMeanExp(fixed);
  return convexLevelSet((x) => {
    const { value, slope } = plainPart(sorted, x);
    return { value: value + constant, slope };
  }, level);
}
