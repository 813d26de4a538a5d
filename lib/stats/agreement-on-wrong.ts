import { crossTable, type Label, type LabelPair } from "./label-pair";

export type AgreementOnWrong = {
  /** In [0, 1]: when one reviewer says wrong, how often does the other say so too. */
  agreement: number;
  /** Outputs that both called wrong, and that only one did. */
  both: number;
  onlyOne: number;
};

/**
 * Agreement of two reviewers on wrong outputs (specific agreement).
 *
 * Formula: 2a / (2a + b + c), a = both say wrong, b and c = only the one or the other does. Outputs that both call
 * right do not count, so that it stays telling when nearly everything is right.
 *
 * @param pairs labels of two reviewers of the same outputs, or their counts. @param wrong the label for wrong.
 * @returns a share in [0, 1] with its counts; null when neither called anything wrong.
 * @throws RangeError when a count is negative or not finite.
 * @see Fleiss, Biometrics 31, 1975, page 652; Cicchetti & Feinstein, J. Clinical Epidemiology 43, 1990.
 * @example agreementOnWrong([{ first: "right", second: "right", count: 90 },
 *   { first: "wrong", second: "wrong", count: 4 }, { first: "right", second: "wrong", count: 2 }], "wrong")
 *   // { agreement: 0.8, both: 4, onlyOne: 2 }
 */
export function agreementOnWrong(pairs: readonly LabelPair[], wrong: Label): AgreementOnWrong | null {
  crossTable(pairs);
  let both = 0;
  let onlyOne = 0;
  for (const { first, second, count = 1 } of pairs) {
    if (first === wrong && second === wrong) both += count;
    else if (first === wrong || second === wrong) onlyOne += count;
  }
  if (both + onlyOne === 0) return null;
  return { agreement: both / (both + onlyOne / 2), both, onlyOne };
}
