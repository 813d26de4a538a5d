import { formatRough, formatWeeks } from "@/lib/core/format";
import type { MoreReviews } from "@/lib/estimate/more-reviews";

import type { StateSentence } from "./state-sentence";

/** Fewer weeks are not worth a word. */
const FEWEST_WEEKS = 1;

/** What an unclear difference still takes; null where nothing is unclear. */
export function moreReviewsWords(more: MoreReviews, perWeek: number | null): string | null {
  if (more === null) return null;
  if (more === "pilot")
    return "Differences this small cannot be told, however many more reviews are made: the pilot rests on too few of them.";
  if (more === "thousands")
    return "It would take thousands of reviews to tell a difference this small from chance.";
  const weeks = perWeek === null || perWeek <= 0 ? 0 : more / perWeek;
  const time = weeks >= FEWEST_WEEKS ? ` (${formatWeeks(weeks)} at the planned pace)` : "";
  const reviews = more === 1 ? "one more review" : `about ${formatRough(more)} more reviews`;
  return `If the difference stays as it is, ${reviews} will tell it from chance${time}.`;
}

/** The same as the last piece of evidence; where a loss is told already (by an incident, or a promise), nobody waits for it. */
export function withMoreReviews(
  sentence: StateSentence,
  more: MoreReviews,
  perWeek: number | null,
): StateSentence {
  const said = sentence.state === "below" ? null : moreReviewsWords(more, perWeek);
  return said ? { ...sentence, evidence: [...sentence.evidence, said] } : sentence;
}
