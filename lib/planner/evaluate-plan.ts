import { OTHER_VALUE } from "@/lib/core/segment-value";
import { reviewsPerYear } from "@/lib/monitor/plan-threshold";
import type { WatchedBoundary } from "@/lib/monitor/watched-boundaries";
import type { ValueNeed } from "@/lib/sampling/plan-rates";
import { partsOfRow, weeklyPlan, type WeeklyPlan } from "@/lib/sampling/preview-rows";
import { alarmThreshold } from "@/lib/stats/alarm-threshold";
import { type ReviewsToDetect, reviewsToDetect } from "@/lib/stats/reviews-to-detect";
import { strataDesignEffect } from "@/lib/stats/strata-design-effect";
import { type PlanningFacts, type PlanningGoal, segmentOf } from "./planning-facts";

export interface EvaluatedSegment {
  value: string;
  /** All outputs together; its value is "". */
  isOverall: boolean;
  segment: WatchedBoundary;
  outputsPerWeek: number;
  /** What the plan gives. */
  reviewsPerWeek: number;
  designEffect: number;
  /** Null: an accuracy after the drop that is not below the boundary. */
  detection: ReviewsToDetect | null;
  /** Reviews a week that find the drop in time in 80 % of cases; null as above. */
  neededPerWeek: number | null;
  /** Its need counts: it was not left out, and has as many outputs as it needs reviews. */
  counts: boolean;
}

export interface EvaluatedPlan {
  reviewsPerWeek: number;
  threshold: number;
  needs: ValueNeed[];
  preview: WeeklyPlan;
  overall: EvaluatedSegment;
  rows: EvaluatedSegment[];
}

/** The effect of preferring flagged outputs hardly depends on how many are drawn, so the second round is exact enough. */
const ROUNDS = 2;

/**
 * What a number of reviews a week (second looks included) would do for a goal, by the very rules that make rates of a plan: needs
 * first, an equal fraction of each when they exceed the reviews, the rest as the plan divides it.
 */
export function evaluatePlan(
  facts: PlanningFacts,
  goal: PlanningGoal,
  reviewsPerWeek: number,
): EvaluatedPlan {
  const threshold = alarmThreshold({
    attributes: facts.watched,
    observationsPerYear: reviewsPerYear({ ...facts.plan, reviewsPerWeek }),
    acceptedPerYear: goal.acceptedPerYear,
  });
  const plan = { ...facts.plan, reviewsPerWeek };
  let needs: ValueNeed[] = [];
  for (let round = 0; ; round += 1) {
    const preview = weeklyPlan({ ...plan, needs }, facts.past);
    const rows = preview.rows.map((row) => evaluateRow(facts, goal, row, threshold));
    if (round === ROUNDS) {
      const overall = evaluateOverall(facts, goal, preview, threshold);
      return { reviewsPerWeek, threshold, needs, preview, overall, rows };
    }
    needs = rows.flatMap(({ counts, value, neededPerWeek }) =>
      counts && neededPerWeek !== null ? [{ value, reviewsPerWeek: neededPerWeek }] : [],
    );
  }
}

/** Every need that counts is met, and the overall stream's too where there are enough outputs. */
export function meetsGoal(plan: EvaluatedPlan): boolean {
  return [plan.overall, ...plan.rows].every(
    ({ counts, neededPerWeek, reviewsPerWeek }) =>
      !counts || neededPerWeek === null || reviewsPerWeek >= neededPerWeek * (1 - 1e-6),
  );
}

function evaluateRow(
  facts: PlanningFacts,
  goal: PlanningGoal,
  row: WeeklyPlan["rows"][number],
  threshold: number,
): EvaluatedSegment {
  const segment = segmentOf(facts, row.value);
  const evaluated = evaluate(segment, goal, {
    threshold,
    effect: strataDesignEffect(partsOfRow(row)),
    outputs: row.outputs_per_week,
  });
  return {
    ...evaluated,
    value: row.value,
    isOverall: false,
    reviewsPerWeek: row.reviews_per_week,
    counts: evaluated.counts && isWatched(row.value) && !goal.leftOut.has(row.value),
  };
}

/** What does not carry the attribute, and the values that share one stratum, are drawn but are no segment of their own. */
export function isWatched(value: string): boolean {
  return value !== "" && value !== OTHER_VALUE;
}

function evaluateOverall(
  facts: PlanningFacts,
  goal: PlanningGoal,
  { overall, rows }: WeeklyPlan,
  threshold: number,
): EvaluatedSegment {
  const parts = (rows.length > 0 ? rows : [overall]).flatMap(partsOfRow);
  const evaluated = evaluate(facts.overall, goal, {
    threshold,
    effect: strataDesignEffect(parts),
    outputs: overall.outputs_per_week,
  });
  return { ...evaluated, value: "", isOverall: true, reviewsPerWeek: overall.reviews_per_week };
}

function evaluate(
  segment: WatchedBoundary,
  { drop, weeks }: PlanningGoal,
  { threshold, effect, outputs }: { threshold: number; effect: number; outputs: number },
): Omit<EvaluatedSegment, "value" | "isOverall" | "reviewsPerWeek"> {
  const { boundary, usual } = segment;
  const accuracyAfter = Math.max(0, usual - drop);
  const detection = accuracyAfter < boundary ? reviewsToDetect({ boundary, accuracyAfter, threshold }) : null;
  const neededPerWeek = detection ? (detection.in80 * effect) / weeks : null;
  return {
    segment,
    outputsPerWeek: outputs,
    designEffect: effect,
    detection,
    neededPerWeek,
    counts: neededPerWeek !== null && neededPerWeek <= outputs,
  };
}
