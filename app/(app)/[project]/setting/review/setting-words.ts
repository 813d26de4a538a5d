import { formatCount, formatFew, formatInterval, formatPercent, formatPoints } from "@/lib/core/format";
import type { GoldMix } from "@/lib/review/gold-mix";

/** How many of 100 items a reviewer would find wrong, and what is missing when that is too few. */
export function mixWords(mix: GoldMix, goldShare: number): string {
  const seen = `Of 100 items that a reviewer sees, about ${inHundred(mix.seenWrong)} are wrong`;
  if (goldShare === 0)
    return `${seen}. Nothing is mixed in, so nobody knows how many errors reviewers overlook.`;
  if (mix.enough) return `${seen}. That is enough to keep people attentive.`;
  return `${seen}. People overlook more errors the rarer errors are; 15 of 100 would take ${inHundred(mix.goldShareNeeded)} % known items.`;
}

function inHundred(share: number): string {
  return formatFew(share * 100);
}

interface ShownArm {
  mean: number;
  low: number;
  high: number;
  n: number;
}

/** "Found right: 91.2 % (84 to 96 %) of 102 items" */
export function armWords(arm: ShownArm | null): string {
  if (!arm) return "no reviews yet";
  return `${formatPercent(arm.mean)} found right (${formatInterval(arm)}), ${formatCount(arm.n)} items`;
}

/** What the comparison of the two ways says. */
export function anchoringWords(difference: { gap: number; low: number; high: number } | null): string {
  if (!difference) return "There is nothing to compare yet.";
  const range = `${formatPoints(difference.low)} to ${formatPoints(difference.high)}`;
  if (difference.low > 0)
    return `Who sees the output first finds it right more often: ${formatPoints(difference.gap)} (${range}). Accuracy looks better than it is.`;
  if (difference.high < 0)
    return `Who sees the output first finds it right less often: ${formatPoints(difference.gap)} (${range}).`;
  return `No clear difference between the two ways: ${formatPoints(difference.gap)} (${range}).`;
}
