import { formatInterval, formatPercent } from "@/lib/core/format";
import type { Coefficient, ProjectAgreement, Rate, ReviewerRow } from "@/lib/review/people-schema";

/** Who finds clearly fewer errors than this misses what they are there for. */
const FOUND_WANTED = 0.8;
const ACCEPTED_WANTED = 0.9;
/** From here on two opinions are as good as one; below, what is asked for is not clear. */
const ALPHA_GOOD = 0.8;
const ALPHA_TENTATIVE = 0.67;

/** "62 % (41 to 80 %)" */
export function rateWords(rate: Rate): string {
  return `${formatPercent(rate.mean, 0)} (${formatInterval(rate)})`;
}

/** What a manager should look at, each a sentence; empty when nothing stands out. */
export function attentionWords(rows: readonly ReviewerRow[]): string[] {
  return rows.flatMap((row) => [
    ...missesErrors(row),
    ...refusesRight(row),
    ...changesMind(row),
    ...tooFast(row),
  ]);
}

function missesErrors({ name, gold }: ReviewerRow): string[] {
  const found = gold.sensitivity;
  if (!found || gold.too_few || found.high >= FOUND_WANTED) return [];
  return [
    `${name} found ${gold.wrong_found} of ${gold.wrong} known wrong items: at most ${formatPercent(found.high, 0)} of the errors are found, so accuracy by ${name} looks better than it is.`,
  ];
}

function refusesRight({ name, gold }: ReviewerRow): string[] {
  const accepted = gold.specificity;
  if (!accepted || gold.too_few || accepted.high >= ACCEPTED_WANTED) return [];
  return [
    `${name} called ${gold.right - gold.right_accepted} of ${gold.right} known right items wrong: accuracy by ${name} looks worse than it is.`,
  ];
}

function changesMind({ name, repeats }: ReviewerRow): string[] {
  const same = repeats.same_verdict;
  if (!same || repeats.too_few || same.high >= 0.9) return [];
  return [`${name} came to the same verdict on ${rateWords(same)} of their own old items only.`];
}

function tooFast({ name, work }: ReviewerRow): string[] {
  if (!work.too_fast) return [];
  return [
    work.fast_minutes > 0
      ? `${name} decided 30 or more items within a minute, in ${work.fast_minutes} ${work.fast_minutes === 1 ? "minute" : "minutes"}: faster than anybody can look.`
      : `${name} decided ${work.fast_items} items in under a second each: too fast to have looked.`,
  ];
}

/** How far people agree, in one sentence with the advice that follows. */
export function agreementWords({ n, needed, measures }: ProjectAgreement): string {
  if (n === 0)
    return "No output has been judged by two people in these days, so nobody knows how far they agree.";
  if (!measures) return `${n} of ${needed} double reviews needed before agreement can be told.`;
  const wrong = measures.on_wrong
    ? ` When one finds an output wrong, the other does so in ${rateWords(measures.on_wrong)}.`
    : " Neither ever found anything wrong, so agreement on errors cannot be told.";
  return `Two people come to the same verdict on ${rateWords(measures.same)} of the outputs.${wrong}${advice(measures.alpha)}`;
}

/** A wide range is no finding: what may be low is not called so yet. */
function advice(alpha: Coefficient | null): string {
  if (!alpha) return "";
  const { value, low, high } = alpha;
  if (low !== null && low >= ALPHA_GOOD) return " That is good.";
  if (value >= ALPHA_GOOD) return " That looks good.";
  if (value >= ALPHA_TENTATIVE)
    return " That will do, with care: differences of a few points may come from who reviewed.";
  if (high === null || high >= ALPHA_TENTATIVE) return " That may be low: more double reviews will tell.";
  return " That is low: make the guidelines clearer before small changes of accuracy are believed.";
}

/** What all known items say together. */
export function goldWords(rows: readonly ReviewerRow[]): string {
  const sum = (of: (row: ReviewerRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const [wrong, found] = [sum(({ gold }) => gold.wrong), sum(({ gold }) => gold.wrong_found)];
  const [right, accepted] = [sum(({ gold }) => gold.right), sum(({ gold }) => gold.right_accepted)];
  if (wrong + right === 0)
    return "Nobody has judged an item whose answer is known, so nobody knows how many errors are overlooked.";
  return `Of ${wrong} known wrong items people found ${found}; of ${right} known right ones they accepted ${accepted}.`;
}
