import { gapMover, type MeanWithInterval } from "@/lib/stats/gap-mover";
import type { Suggestion } from "@/lib/contract/suggestion-schema";

/** Before that nothing is said about accuracy. */
export const LEAST_REVIEWS = 30;
/** At most so much less accurate than the rest, with 95 of 100 certainty (both intervals hold 90 of 100, and only one side counts). */
const TOLERANCE = 0.1;
export const CONFIDENCE = 0.9;

/** So often and so long a value has to come before it is more than an exception. */
export const LEAST_RECORDS = 30;
export const LEAST_DAYS = 7;
/** And it still comes: it was seen in the last of the days that were looked at. */
export const STILL_DAYS = 7;

export interface ReviewedGroup {
  reviews: number;
  accuracy: MeanWithInterval | null;
}

/** What reviewers say about the outputs with something new, against all others of the same days. Pure. */
export function suggestionStanding(
  group: ReviewedGroup,
  rest: ReviewedGroup,
): Pick<Suggestion, "standing" | "difference"> {
  if (!group.accuracy || !rest.accuracy) return { standing: "few", difference: null };
  const difference = gapMover(rest.accuracy, group.accuracy);
  if (difference.high < 0) return { standing: "worse", difference };
  if (group.reviews < LEAST_REVIEWS) return { standing: "few", difference };
  return { standing: difference.low >= -TOLERANCE ? "fits" : "unsure", difference };
}
