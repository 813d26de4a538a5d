import { checkConfidence } from "./argument-check";
import type { Interval } from "./interval";
import { weightedClopperPearson } from "./weighted-clopper-pearson";

/** What a reviewer said about gold items, whose truth is known. */
export type GoldCounts = {
  /** Gold items that are wrong, and how many of them the reviewer called wrong. */
  wrong: number;
  wrongCalledWrong: number;
  /** Gold items that are right, and how many of them the reviewer called right. */
  right: number;
  rightCalledRight: number;
};

/** A share in [0, 1] with its limits, out of n items. */
export type GoldRate = Interval & { mean: number; n: number };

export type GoldAccuracy = {
  /** Gold items judged. */
  n: number;
  /** Fewer than 20: show "too few", not a share. */
  tooFew: boolean;
  /** Judged as the truth is. */
  accuracy: GoldRate;
  /** Called wrong among the wrong ones; null when there were none. */
  sensitivity: GoldRate | null;
  /** Called right among the right ones; null when there were none. */
  specificity: GoldRate | null;
};

const fewestItems = 20;

/** Throws a RangeError unless all counts are whole numbers and none exceeds its total. */
export function checkGoldCounts(counts: GoldCounts): void {
  for (const [name, count] of Object.entries(counts)) {
    if (!(Number.isSafeInteger(count) && count >= 0)) {
      throw new RangeError(`The gold count ${name} must be a whole number of at least 0, got ${count}.`);
    }
  }
  if (counts.wrongCalledWrong > counts.wrong || counts.rightCalledRight > counts.right) {
    throw new RangeError("A reviewer cannot have judged more gold items well than there were.");
  }
}

function rateOf(hits: number, n: number, confidence: number): GoldRate | null {
  const correct = Array.from({ length: n }, (_, item) => (item < hits ? 1 : 0));
  const rate = weightedClopperPearson({ correct, weights: correct.map(() => 1) }, confidence);
  return rate && { ...rate, n };
}

/**
 * Accuracy of a reviewer on gold items: share judged well, sensitivity and specificity, with intervals.
 *
 * Formula: accuracy = hits / n; sensitivity Se = called wrong / wrong; specificity Sp = called right / right; the
 * limits of each are those of `weightedClopperPearson` with equal weights. Gold items hold more wrong outputs than
 * the traffic does, so the share judged well does not carry over to it; Se and Sp do.
 *
 * @param counts judged gold items. @param confidence in (0, 1), default 0.95.
 * @returns shares in [0, 1], each out of its n; null when no gold item was judged.
 * @throws RangeError when a count is not a whole number ≥ 0 or exceeds its total, or the confidence is not
 *   strictly between 0 and 1.
 * @see Yerushalmy, Public Health Reports 62, 1947 (sensitivity, specificity); Clopper & Pearson 1934.
 * @example goldAccuracy({ wrong: 10, wrongCalledWrong: 9, right: 15, rightCalledRight: 15 })?.accuracy.mean // 0.96
 */
export function goldAccuracy(counts: GoldCounts, confidence = 0.95): GoldAccuracy | null {
  checkConfidence(confidence);
  checkGoldCounts(counts);
  const { wrong, wrongCalledWrong, right, rightCalledRight } = counts;
  const n = wrong + right;
  const accuracy = rateOf(wrongCalledWrong + rightCalledRight, n, confidence);
  if (!accuracy) return null;
  return {
    n,
    tooFew: n < fewestItems,
    accuracy,
    sensitivity: rateOf(wrongCalledWrong, wrong, confidence),
    specificity: rateOf(rightCalledRight, right, confidence),
  };
}
