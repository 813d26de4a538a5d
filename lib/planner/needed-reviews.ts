import { type EvaluatedPlan, evaluatePlan, meetsGoal } from "./evaluate-plan";
import type { PlanningFacts, PlanningGoal } from "./planning-facts";

/**
 * The fewest reviews a week (second looks included) with which every need that counts is met; null when none counts: there are too
 * few outputs everywhere, or the drop stays above every boundary.
 */
export function neededReviews(facts: PlanningFacts, goal: PlanningGoal): number | null {
  const outputs = evaluatePlan(facts, goal, 1).overall.outputsPerWeek;
  const most = Math.max(1, Math.ceil(outputs * (1 + facts.plan.doubleReviewShare)));
  const meets = (reviews: number) => meetsWithNeeds(evaluatePlan(facts, goal, reviews));
  if (!meets(most)) return null;
  let tooFew = 0;
  let enough = most;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (meets(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

function meetsWithNeeds(plan: EvaluatedPlan): boolean {
  return [plan.overall, ...plan.rows].some(({ counts }) => counts) && meetsGoal(plan);
}
