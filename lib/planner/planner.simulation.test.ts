import { expect, test } from "vitest";
import { partsOfRow } from "@/lib/sampling/preview-rows";
import { boundaryError } from "@/lib/stats/pilot-boundary";
import { openDetector } from "@/lib/stats/e-detector";
import { seededRandom } from "@/lib/stats/testing/seeded-random";
import { type EvaluatedSegment, evaluatePlan } from "./evaluate-plan";
import { neededReviews } from "./needed-reviews";
import type { PlanningFacts, PlanningGoal } from "./planning-facts";

const RUNS = 600;
/** Weeks before the drop: evidence does not start from zero when it comes. */
const CALM_WEEKS = 8;

function factsOf(flaggedShare: number, flaggedFactor: number): PlanningFacts {
  const parts = (value: string, outputsPerDay: number) =>
    [true, false].map((flagged) => ({
      value,
      flagged,
      outputsPerDay: outputsPerDay * (flagged ? flaggedShare : 1 - flaggedShare),
      reviewed: 0,
      wrong: 0,
    }));
  return {
    plan: {
      reviewsPerWeek: 100,
      attribute: "device",
      floorPerEpoch: 0,
      flaggedFactor,
      rateRatioCap: 10,
      doubleReviewShare: 0.1,
      expectedPerDay: 1000,
    },
    past: [...parts("ios", 400), ...parts("android", 600)],
    days: 28,
    overall: { boundary: 0.93, usual: 0.944, own: false, pilotReviews: 812 },
    segments: new Map(),
    watched: 3,
  };
}

/** Share of runs in which the detector alarms within the goal's weeks after the drop, with the reviews that the plan gives. */
function foundShare(
  segment: EvaluatedSegment,
  parts: readonly { outputs: number; reviews: number }[],
  goal: PlanningGoal & { threshold: number },
): number {
  const random = seededRandom(11);
  const rates = parts.map(({ outputs, reviews }) => (outputs > 0 ? reviews / outputs : 1));
  const weights = rates.map((rate) => Math.min(1, Math.min(...rates) / rate));
  const flagged = (parts[0]?.reviews ?? 0) / segment.reviewsPerWeek;
  const perWeek = Math.round(segment.reviewsPerWeek);
  let found = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const detector = openDetector(boundaryError(segment.segment.boundary));
    const weeks = (count: number, accuracy: number) => {
      for (let at = 0; at < count * perWeek; at += 1) {
        const weight = weights[random() < flagged ? 0 : 1] ?? 1;
        if (detector.step(random() < accuracy ? 0 : 1, weight) >= Math.log(goal.threshold)) return true;
      }
      return false;
    };
    weeks(CALM_WEEKS, segment.segment.usual);
    if (weeks(goal.weeks, segment.segment.usual - goal.drop)) found += 1;
  }
  return found / RUNS;
}

test.each([
  { drop: 0.05, weeks: 4, share: 0, factor: 1 },
  { drop: 0.1, weeks: 4, share: 0, factor: 1 },
  { drop: 0.1, weeks: 4, share: 0.15, factor: 5 },
  { drop: 0.08, weeks: 8, share: 0.05, factor: 10 },
])("what is promised for four of five cases is found: %o", ({ drop, weeks, share, factor }) => {
  const facts = factsOf(share, factor);
  const goal = { drop, weeks, acceptedPerYear: 0.5, leftOut: new Set<string>() };
  const evaluated = evaluatePlan(facts, goal, neededReviews(facts, goal) ?? 0);
  const ios = evaluated.rows.find(({ value }) => value === "ios");
  const row = evaluated.preview.rows.find(({ value }) => value === "ios");
  if (!ios || !row) throw new Error("There is no row for ios.");
  const found = foundShare(ios, partsOfRow(row), { ...goal, threshold: evaluated.threshold });
  expect(found).toBeGreaterThan(0.7);
  expect(found).toBeLessThan(0.95);
});
