import { alarmThreshold } from "@/lib/stats/alarm-threshold";
import type { MonitorSettings } from "./schema";

const WEEKS_PER_YEAR = 52;

/** Outputs that reviewers get to in a year under a sampling plan; a second look at the same output is none. */
export function reviewsPerYear(plan: { reviewsPerWeek: number; doubleReviewShare: number }): number {
  return (WEEKS_PER_YEAR * plan.reviewsPerWeek) / (1 + plan.doubleReviewShare);
}

/** Evidence at which detectors alarm, so that all of them together keep to the accepted number of false alarms. */
export function planThreshold(
  { attributes, accepted_per_year }: Pick<MonitorSettings, "attributes" | "accepted_per_year">,
  observationsPerYear: number,
): number {
  const threshold = alarmThreshold({
    attributes: 1 + attributes.length,
    observationsPerYear,
    acceptedPerYear: accepted_per_year,
  });
  // More alarms accepted than there are reviews: every review may alarm, and no more.
  return Math.max(1, threshold);
}
