import { formatCount, formatInterval, formatPercent, formatPoints } from "@/lib/core/format";
import type { Suggestion } from "@/lib/contract/suggestion-schema";

/** As lib/drift asks for. */
const LEAST_REVIEWS = 30;

export const STANDING_WORDS = {
  fits: { label: "No less accurate", tone: "good" },
  few: { label: "Not enough reviews", tone: "outline" },
  unsure: { label: "Not clear yet", tone: "warn" },
  worse: { label: "Less accurate", tone: "alarm" },
} as const;

/** What reviewers found, with both groups and how sure that is. */
export function evidenceWords(suggestion: Suggestion): string {
  const { standing, reviews, accuracy, rest, rest_reviews: others, difference } = suggestion;
  if (standing === "few") {
    return reviews < LEAST_REVIEWS
      ? `Not enough reviews (${formatCount(reviews)} of ${LEAST_REVIEWS}).`
      : "Not enough reviews of other outputs to compare with.";
  }
  if (!accuracy || !rest || !difference) return "";
  const group = `Of those reviewed ${formatPercent(accuracy.mean)} are right (${formatInterval(accuracy)}, ${formatCount(reviews)} reviews)`;
  const other = `of all others ${formatPercent(rest.mean)} (${formatInterval(rest)}, ${formatCount(others)} reviews)`;
  const low = formatPoints(difference.low);
  const high = formatPoints(difference.high);
  return `${group}, ${other}: a difference of ${formatPoints(difference.gap)} (${low} to ${high}).`;
}
