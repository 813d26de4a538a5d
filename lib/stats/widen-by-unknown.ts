import { checkShare } from "./argument-check";
import type { Interval } from "./interval";

/**
 * Limits of an accuracy of which a part of the traffic is unknown: that part may be all wrong or all right.
 *
 * Formula: [(1 − s) low, (1 − s) high + s].
 *
 * @param interval limits of the known part, shares in [0, 1]. @param share s of the traffic that is unknown, in [0, 1].
 * @returns limits of the whole, shares in [0, 1].
 * @throws RangeError when the share is outside of 0 to 1.
 * @see Manski, Identification Problems in the Social Sciences, 1995, chapter 2.
 * @example widenByUnknown({ low: 0.8, high: 0.9 }, 0.1) // { low: 0.72, high: 0.91 }
 */
export function widenByUnknown({ low, high }: Interval, share: number): Interval {
  checkShare(share, "The unknown share");
  return { low: (1 - share) * low, high: Math.min(1, (1 - share) * high + share) };
}
