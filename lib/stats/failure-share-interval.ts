import { betaQuantile } from "./beta-quantile";
import type { Interval } from "./interval";

export type FailureShare = {
  /** e = Σ v d, the weighted share of the rarer outcome, in [0, 1]. */
  share: number;
  /** K = Σ v² d, in [0, share]. */
  squaredShare: number;
  /** Largest weight as a share of all weights, > 0; it may exceed 1 when a stratum gave no review. */
  largestShare: number;
};

/** A sum that is 1 but for rounding counts as 1: the limit jumps there, and rounding must not decide. */
const reachesOne = 1 - 1e-9;

/**
 * Interval of the share of the rarer outcome, the core of the weighted Clopper-Pearson interval.
 *
 * Formula: low = Beta quantile at α/2 with shapes e²/K and e/K − e²/K + 1 (0 when K = 0); for high one more
 * failure of the largest weight is added, e′ = e + v_max, K′ = K + v_max², and the quantile taken at 1 − α/2
 * (1 when e′ ≥ 1).
 *
 * @param failure sums over shares of weight v_i = w_i / Σ w.
 * @param confidence 1 − α in (0, 1).
 * @returns limits, shares in [0, 1].
 * @throws RangeError when shares are not finite numbers of at least 0.
 * @see Fay & Feuer, Statistics in Medicine 16, 1997, page 791 (beta form); Bayer, Fay & Graubard, arXiv 2205.13494.
 * @example failureShareInterval({ share: 0, squaredShare: 0, largestShare: 0.1 }, 0.95).low // 0
 */
export function failureShareInterval(failure: FailureShare, confidence: number): Interval {
  const { share, squaredShare, largestShare } = failure;
  const tail = (1 - confidence) / 2;
  const ratio = share / squaredShare;
  const shape = ratio * share;
  // A tiny share can underflow K or the shape; its lower limit is then 0 as well.
  const hasLow = squaredShare > 0 && shape > 0 && ratio < Infinity;
  const low = hasLow ? betaQuantile(tail, shape, ratio - shape + 1) : 0;
  const raised = share + largestShare;
  if (raised > reachesOne) return { low, high: 1 };
  const raisedRatio = raised / (squaredShare + largestShare * largestShare);
  const raisedShape = raisedRatio * raised;
  return { low, high: betaQuantile(1 - tail, raisedShape, raisedRatio - raisedShape + 1) };
}
