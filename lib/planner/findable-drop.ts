import { smallestFindableDrop } from "@/lib/stats/reviews-to-detect";
import type { EvaluatedSegment } from "./evaluate-plan";

/**
 * The smallest drop from what is usual that a segment's reviews find within some weeks in 80 % of cases; null when not even a drop
 * to zero would be found.
 */
export function findableDrop(
  {
    segment,
    reviewsPerWeek,
    designEffect,
  }: Pick<EvaluatedSegment, "segment" | "reviewsPerWeek" | "designEffect">,
  { weeks, threshold }: { weeks: number; threshold: number },
): number | null {
  const { boundary, usual } = segment;
  const below = smallestFindableDrop({
    boundary,
    threshold,
    reviews: (reviewsPerWeek / designEffect) * weeks,
  });
  return below === null ? null : Math.max(0, usual - boundary + below);
}
