import {
  formatCount,
  formatDrop,
  formatDuration,
  formatFew,
  formatPercent,
  formatRough,
} from "@/lib/core/format";
import type { PlannedSegment, PlannerPreview, ReviewerPace } from "@/lib/planner/schema";

const WEEKS_OF_PACE = 4;

function within(weeks: number): string {
  return weeks === 1 ? "within a week" : `within ${weeks} weeks`;
}

/** What the plan finds, in one sentence. */
export function outcomeSentence(preview: PlannerPreview): string {
  const { goal, needed, reviews_per_week: reviews, overall, rows } = preview;
  const drop = formatDrop(goal.drop);
  if (needed === null)
    return `No number of reviews finds a drop of ${drop} ${within(goal.weeks)}: ${obstacle(overall)}.`;
  const count = reviews === 1 ? "1 review a week finds" : `${formatCount(reviews)} reviews a week find`;
  if (overall.verdict === "found") {
    const own = rows.filter(({ verdict }) => verdict !== "not_watched");
    const found = own.filter(({ verdict }) => verdict === "found").length;
    const values =
      goal.attribute === null || own.length === 0
        ? "over all outputs"
        : `over all outputs${valuesFound(found, own.length, goal.attribute)}`;
    return `${count} a drop of ${drop} ${within(goal.weeks)}, ${values}.`;
  }
  const smallest =
    overall.finds === null
      ? `${count} no drop ${within(goal.weeks)}`
      : `${count} a drop of ${formatDrop(overall.finds)} ${within(goal.weeks)}, over all outputs`;
  return `${smallest}; ${drop} would take ${formatCount(needed)}.`;
}

function valuesFound(found: number, all: number, attribute: string): string {
  if (found === 0) return `, but in no single value of ${attribute}`;
  return ` and in ${found === all ? (all === 1 ? "the one value" : "each value") : `${found} of ${all} values`} of ${attribute}`;
}

function obstacle({ verdict, after, boundary, outputs_per_week: outputs }: PlannedSegment): string {
  return verdict === "above_boundary"
    ? `accuracy would be ${formatPercent(after)} after it, which is not below the boundary of ${formatPercent(boundary)}`
    : `all ${formatCount(outputs)} outputs of a week would be too few`;
}

/** Why a segment's drop is not found; empty when it is. */
export function verdictWords(segment: PlannedSegment): string {
  const { verdict, outputs_per_week: outputs, needed_per_week: need, boundary } = segment;
  switch (verdict) {
    case "found":
      return "";
    case "too_few_reviews":
      return `needs ${formatFew(need ?? 0)}`;
    case "too_few_outputs":
      return `${formatFew(outputs)} outputs a week cannot give ${formatRough(need ?? 0)} reviews`;
    case "above_boundary":
      return `stays above its boundary of ${formatPercent(boundary)}: no alarm`;
    case "left_out":
      return "left out";
    case "not_watched":
      return "drawn, but not watched by itself";
  }
}

/** The work that the reviews are, at the measured pace; and what was done lately. */
export function paceSentences(reviewsPerWeek: number, pace: ReviewerPace): string[] {
  const done = pace.reviews / WEEKS_OF_PACE;
  const work =
    pace.seconds === null
      ? "How long a review takes is not known yet: none was timed."
      : `${formatCount(reviewsPerWeek)} reviews a week are ${formatDuration(reviewsPerWeek * pace.seconds)} of work, at ${formatDuration(pace.seconds)} each (mean of the newest ${formatCount(pace.timed)}).`;
  const lately =
    pace.reviews === 0
      ? "Nobody who reviews here has reviewed a sample in the last four weeks."
      : `In the last four weeks ${pace.reviewers === 1 ? "1 person" : `${pace.reviewers} people`} did ${formatFew(done)} a week, second looks not counted.`;
  return [work, lately];
}

/** Reviewers would have to do more than they have done lately. */
export function isBeyondPace(reviewsPerWeek: number, pace: ReviewerPace): boolean {
  return reviewsPerWeek > 1.25 * (pace.reviews / WEEKS_OF_PACE);
}

/** Why confirming changes monitoring too. */
export function monitorReasonWords(preview: PlannerPreview): string {
  const reasons = preview.monitor_reasons.map((reason) => {
    switch (reason) {
      case "accepted":
        return "another number of false alarms is accepted";
      case "attribute":
        return `${preview.goal.attribute} is to be watched`;
      case "reviews":
        return "its threshold has to count on another number of reviews";
    }
  });
  return reasons.join(" and ");
}
