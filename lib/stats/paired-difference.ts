import { checkConfidence, checkShare } from "./argument-check";
import { normalQuantile } from "./normal-quantile";

export type JudgedPair = {
  /** Labels of the two answers to one input, in [0, 1]; 1 is right. */
  earlier: number;
  later: number;
  /** > 0: 1 / probability with which both were reviewed. */
  weight: number;
};

export type PairedDifference = {
  /** Pairs. */
  n: number;
  /** Weighted accuracy of each, in [0, 1]. */
  earlier: number;
  later: number;
  /** Later minus earlier, in [−1, 1]. */
  difference: number;
  low: number;
  high: number;
};

/**
 * Difference of accuracy between two models that answered the same inputs, with its interval (adjusted Wald).
 *
 * Formula, with the weighted shares g = Σ v max(0, later − earlier) and l = Σ v max(0, earlier − later), Σ v = 1, and Kish's
 * effective number m = 1 / Σ v²: difference = g − l; with g' = (m g + 1)/(m + 2) and l' = (m l + 1)/(m + 2) the limits are
 * g' − l' ∓ z √((g' + l' − (g' − l')²)/(m + 2)), never inside of the difference. What is the same on both sides cancels out:
 * that is why pairs tell more than as many reviews of each.
 *
 * @param pairs one for each input that was judged for both. @param confidence in (0, 1), default 0.95.
 * @returns difference and limits as shares in [−1, 1]; null without pairs.
 * @throws RangeError when a label is outside 0 to 1 or a weight is not positive and finite.
 * @see Bonett & Price, Journal of Educational and Behavioral Statistics 37, 2012, pages 479–488 (paired, pseudo counts of 1);
 *   Kish 1965, section 11.2 (effective number).
 * @example pairedDifference([{ earlier: 1, later: 0, weight: 1 }, { earlier: 1, later: 1, weight: 1 }])?.difference // −0.5
 */
export function pairedDifference(pairs: readonly JudgedPair[], confidence = 0.95): PairedDifference | null {
  checkConfidence(confidence);
  let [sum, squares, right, gained, lost] = [0, 0, 0, 0, 0];
  for (const { earlier, later, weight } of pairs) {
    checkShare(earlier, "The earlier label");
    checkShare(later, "The later label");
    if (!(weight > 0 && weight < Infinity))
      throw new RangeError(`A weight must be positive and finite, got ${weight}.`);
    sum += weight;
    squares += weight * weight;
    right += weight * earlier;
    gained += weight * Math.max(0, later - earlier);
    lost += weight * Math.max(0, earlier - later);
  }
  if (pairs.length === 0) return null;
  const effective = Math.min(pairs.length, sum / (squares / sum));
  const difference = (gained - lost) / sum;
  const more = ((effective * gained) / sum + 1) / (effective + 2);
  const fewer = ((effective * lost) / sum + 1) / (effective + 2);
  const middle = more - fewer;
  const reach =
    normalQuantile((1 + confidence) / 2) * Math.sqrt((more + fewer - middle ** 2) / (effective + 2));
  return {
    n: pairs.length,
    earlier: Math.min(1, right / sum),
    later: Math.max(0, Math.min(1, right / sum + difference)),
    difference,
    low: Math.max(-1, Math.min(difference, middle - reach)),
    high: Math.min(1, Math.max(difference, middle + reach)),
  };
}
