const SAID = {
  ANSWERED: "Saved.",
  CANNOT_JUDGE: "Saved as not to be judged.",
  SKIPPED: "Handed on.",
} as const;

/** What is read out after a decision: that it is kept, and which item comes. */
export function saidSentence(
  outcome: keyof typeof SAID,
  { done, left, more }: { done: number; left: number; more: boolean },
): string {
  if (left === 0) return `${SAID[outcome]} ${done} done today, nothing left.`;
  return `${SAID[outcome]} Item ${done + 1} of ${done + left}${more ? " and more" : ""}.`;
}
