import type { Interval } from "./interval";

export type CurvePoint = { value: number; slope: number };

/** Logit of 1 − 1e-12: accuracies closer to 0 or 1 than that are not told apart from them. */
const farthest = 27.6;

/** Newton's method from outside: the tangent of a convex curve never passes the crossing. */
function crossing(curve: (logit: number) => CurvePoint, level: number, side: -1 | 1): number {
  let logit = side * farthest;
  for (let round = 0; round < 200; round += 1) {
    const { value, slope } = curve(logit);
    if (!(value > level)) return round === 0 ? side * Infinity : logit;
    const inward = ((value - level) / slope) * side;
    logit -= side * inward;
    if (inward < 1e-13 * (1 + Math.abs(logit))) return logit;
  }
  return logit;
}

/**
 * The shares at which a convex curve lies below a level.
 *
 * Formula: from logit(1e-12) and logit(1 − 1e-12) inward, x ← x − (value − level) / slope.
 *
 * @param curve convex in x = ln(m / (1 − m)); value and derivative with respect to x. It must be below the level
 *   somewhere, and finite.
 * @param level in the unit of the value.
 * @returns the limits as shares m in [0, 1]; 0 or 1 where the curve is below the level up to the end.
 * @see Boyd & Vandenberghe, Convex Optimization, 2004, section 3.1.3 (tangents) and 3.5 (log-convexity).
 * @example convexLevelSet((x) => ({ value: x * x, slope: 2 * x }), 1) // { low: 0.268…, high: 0.731… }
 */
export function convexLevelSet(curve: (logit: number) => CurvePoint, level: number): Interval {
  const share = (logit: number) => 1 / (1 + Math.exp(-logit));
  return { low: share(crossing(curve, level, -1)), high: share(crossing(curve, level, 1)) };
}
