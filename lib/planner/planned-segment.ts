import { type EvaluatedSegment, isWatched } from "./evaluate-plan";
import { findableDrop } from "./findable-drop";
import type { PlanningGoal } from "./planning-facts";
import type { PlannedSegment, SegmentVerdict } from "./schema";

/** One segment of an evaluated plan as the API shows it. */
export function plannedSegment(
  evaluated: EvaluatedSegment,
  goal: PlanningGoal,
  threshold: number,
): PlannedSegment {
  const { segment, detection } = evaluated;
  return {
    value: evaluated.value,
    outputs_per_week: evaluated.outputsPerWeek,
    boundary: segment.boundary,
    usual: segment.usual,
    after: Math.max(0, segment.usual - goal.drop),
    own_boundary: segment.own,
    pilot_reviews: segment.pilotReviews,
    detection: detection ? { mean: detection.mean, in80: detection.in80 } : null,
    design_effect: evaluated.designEffect,
    needed_per_week: evaluated.neededPerWeek,
    reviews_per_week: evaluated.reviewsPerWeek,
    finds: findableDrop(evaluated, { weeks: goal.weeks, threshold }),
    verdict: verdictOf(evaluated, goal),
  };
}

function verdictOf(evaluated: EvaluatedSegment, goal: PlanningGoal): SegmentVerdict {
  const { value, isOverall, neededPerWeek, reviewsPerWeek, outputsPerWeek } = evaluated;
  if (!isOverall && !isWatched(value)) return "not_watched";
  if (neededPerWeek === null) return "above_boundary";
  if (reviewsPerWeek >= neededPerWeek * (1 - 1e-6)) return "found";
  if (!isOverall && goal.leftOut.has(value)) return "left_out";
  return neededPerWeek > outputsPerWeek ? "too_few_outputs" : "too_few_reviews";
}
