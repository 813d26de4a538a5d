import { reviewsToTell } from "@/lib/stats/reviews-to-tell";
import type { AccuracyEstimate, AccuracyGap } from "./schema";

/** More than anybody waits for. */
const MOST_REVIEWS = 5_000;

/**
 * How many more reviews tell an unclear difference from chance if it stays as it is. thousands: more than 5,000. pilot: none do, the pilot
 * itself is known too roughly. Null: there is nothing to tell, or no single number to compare.
 */
export type MoreReviews = number | "thousands" | "pilot" | null;

export function moreReviews(
  pilot: AccuracyEstimate | null | undefined,
  production: AccuracyEstimate | null | undefined,
  gap: AccuracyGap | null,
): MoreReviews {
  if (!pilot || !production || !gap || gap.high < 0 || gap.low > 0) return null;
  if (pilot.reading !== "mean" || production.reading !== "mean") return null;
  const more = reviewsToTell(pilot, production);
  if (more === null) return "pilot";
  return more > MOST_REVIEWS ? "thousands" : Math.max(1, Math.ceil(more));
}
