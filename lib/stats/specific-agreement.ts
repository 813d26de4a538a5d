import { checkNonNegative } from "./argument-check";
import { clopperPearson } from "./clopper-pearson";
import type { Interval } from "./interval";

export type SpecificAgreement = Interval & {
  /** In [0, 1]: when one reviewer gives this label, how often does the other give it too. */
  agreement: number;
};

/**
 * Agreement of two reviewers on one label, with its interval.
 *
 * Formula: 2a / (2a + d), a = outputs that both gave the label, d = outputs that only one did. It grows with q = a / (a + d), a share
 * of outputs that at least one of them gave the label, as 2q / (1 + q): the limits are Clopper and Pearson's of q, put through it.
 *
 * @param both a ≥ 0. @param onlyOne d ≥ 0. @param confidence in (0, 1), default 0.95.
 * @returns a share in [0, 1] with limits; null when nobody gave the label.
 * @throws RangeError when a count is negative or not finite or the confidence is not strictly between 0 and 1.
 * @see Fleiss, Biometrics 31, 1975, page 652; Clopper & Pearson, Biometrika 26, 1934.
 * @example specificAgreement(4, 2) // { agreement: 0.8, low: 0.365…, high: 0.977… }
 */
export function specificAgreement(
  both: number,
  onlyOne: number,
  confidence = 0.95,
): SpecificAgreement | null {
  checkNonNegative(both, "The number of outputs that both gave the label");
  checkNonNegative(onlyOne, "The number of outputs that only one gave the label");
  const limits = clopperPearson(both, both + onlyOne, confidence);
  if (!limits) return null;
  const fromShare = (q: number) => (2 * q) / (1 + q);
  return {
    agreement: fromShare(both / (both + onlyOne)),
    low: fromShare(limits.low),
    high: fromShare(limits.high),
  };
}
