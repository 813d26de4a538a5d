import { formatInterval, formatPercent } from "@/lib/core/format";
import type { CorrectedAccuracy } from "@/lib/estimate/corrected-schema";

/** What reviewers' errors do to an accuracy, in a sentence; or why that cannot be told. */
export function correctedWords(corrected: CorrectedAccuracy): string {
  const { accuracy, reason, gold } = corrected;
  if (accuracy)
    return `${errorsWords(corrected)}; allowing for that, accuracy would be ${formatPercent(accuracy.mean)} (${formatInterval(accuracy)}).`;
  if (reason === "no_single_number")
    return "Reviewers' errors are not allowed for, because there is no single number.";
  if (reason === "unreliable_reviewers")
    return "Reviewers judge known items hardly better than by chance, so this accuracy says little about the outputs.";
  if (gold.n < gold.needed)
    return `Not enough known items to allow for reviewers' errors (${gold.n} of ${gold.needed}).`;
  const [kind, count] = gold.wrong < gold.right ? ["wrong", gold.wrong] : ["right", gold.right];
  return `Not enough ${kind} known items to allow for reviewers' errors (${count} of ${gold.needed_of_each}).`;
}

function errorsWords({ sensitivity, specificity }: CorrectedAccuracy): string {
  const missed = formatPercent(1 - (sensitivity?.mean ?? 1), 0);
  const refused = 1 - (specificity?.mean ?? 1);
  const also = refused >= 0.005 ? ` and call ${formatPercent(refused, 0)} of the right ones wrong` : "";
  return `Reviewers overlook about ${missed} of wrong outputs${also}`;
}
