import fc from "fast-check";
import { expect, test } from "vitest";
import { reviewsPerYear } from "@/lib/monitor/plan-threshold";
import type { WatchedBoundary } from "@/lib/monitor/watched-boundaries";
import { expectedFalseAlarms } from "@/lib/stats/alarm-threshold";
import { oversamplingDesignEffect } from "@/lib/stats/oversampling-design-effect";
import { reviewsToDetect } from "@/lib/stats/reviews-to-detect";
import { evaluatePlan, meetsGoal } from "./evaluate-plan";
import { findableDrop } from "./findable-drop";
import { neededReviews } from "./needed-reviews";
import type { PlanningFacts, PlanningGoal } from "./planning-facts";

const usual: WatchedBoundary = { boundary: 0.93, usual: 0.944, own: false, pilotReviews: 812 };
const plan = {
  reviewsPerWeek: 120,
  attribute: "device",
  floorPerEpoch: 5,
  flaggedFactor: 3,
  rateRatioCap: 10,
  doubleReviewShare: 0.1,
  expectedPerDay: 1000,
};

function factsOf(
  outputsPerWeek: Readonly<Record<string, number>>,
  more: Partial<PlanningFacts> = {},
): PlanningFacts {
  const past = Object.entries(outputsPerWeek).map(([value, outputs]) => ({
    value,
    flagged: false,
    outputsPerDay: outputs / 7,
    reviewed: 100,
    wrong: 6,
  }));
  return { plan, past, days: 28, overall: usual, segments: new Map(), watched: 2, ...more };
}

const goalOf = (more: Partial<PlanningGoal> = {}): PlanningGoal => ({
  drop: 0.05,
  weeks: 4,
  acceptedPerYear: 0.5,
  leftOut: new Set(),
  ...more,
});

const rowOf = (evaluated: ReturnType<typeof evaluatePlan>, value: string) => {
  const row = evaluated.rows.find((each) => each.value === value);
  if (!row) throw new Error(`There is no row for ${value}.`);
  return row;
};

test("a need is what finds the drop in time in four of five cases", () => {
  const evaluated = evaluatePlan(factsOf({ ios: 3000, android: 4000 }), goalOf(), 800);
  const { in80 } = reviewsToDetect({ boundary: 0.93, accuracyAfter: 0.894, threshold: evaluated.threshold });
  expect(rowOf(evaluated, "ios").neededPerWeek).toBeCloseTo(in80 / 4, 6);
  expect(rowOf(evaluated, "ios").designEffect).toBeCloseTo(1, 9);
});

test("the threshold keeps the accepted false alarms whatever the number of reviews", () => {
  for (const reviews of [50, 500, 5000]) {
    const { threshold } = evaluatePlan(factsOf({ ios: 3000 }), goalOf({ acceptedPerYear: 0.25 }), reviews);
    const perYear = reviewsPerYear({ ...plan, reviewsPerWeek: reviews });
    expect(expectedFalseAlarms({ threshold, attributes: 2, observationsPerYear: perYear })).toBeCloseTo(
      0.25,
      9,
    );
  }
});

test("flagged outputs that are drawn more often cost their design effect", () => {
  const facts = factsOf(
    {},
    {
      past: [
        { value: "ios", flagged: false, outputsPerDay: 850, reviewed: 0, wrong: 0 },
        { value: "ios", flagged: true, outputsPerDay: 150, reviewed: 0, wrong: 0 },
      ],
    },
  );
  const { rows } = evaluatePlan(
    { ...facts, plan: { ...plan, flaggedFactor: 5, floorPerEpoch: 0 } },
    goalOf(),
    500,
  );
  expect(rows[0]?.designEffect).toBeCloseTo(oversamplingDesignEffect(0.15, 5), 6);
  expect(rows[0]?.neededPerWeek).toBeCloseTo(((rows[0]?.detection?.in80 ?? 0) * 1.408) / 4, 6);
});

test("a segment with too few outputs, one left out and what carries no value do not raise the number", () => {
  const small = factsOf({ ios: 3000, android: 4000, kiosk: 12, "": 500 });
  const without = factsOf({ ios: 3000, android: 4000 });
  const needed = neededReviews(small, goalOf());
  expect(needed).not.toBeNull();
  const evaluated = evaluatePlan(small, goalOf(), needed ?? 0);
  expect(rowOf(evaluated, "kiosk")).toMatchObject({ counts: false });
  expect(rowOf(evaluated, "kiosk").neededPerWeek).toBeGreaterThan(12);
  expect(rowOf(evaluated, "")).toMatchObject({ counts: false });
  expect(needed ?? 0).toBeLessThan(1.3 * (neededReviews(without, goalOf()) ?? 0));
  const left = neededReviews(without, goalOf({ leftOut: new Set(["ios"]) }));
  expect(left ?? 0).toBeLessThan(neededReviews(without, goalOf()) ?? 0);
});

test("nothing is promised where the drop stays above the boundary or nothing comes in", () => {
  const low = { ...usual, boundary: 0.85 };
  expect(neededReviews(factsOf({ ios: 3000 }, { overall: low }), goalOf())).toBeNull();
  expect(neededReviews(factsOf({ ios: 3, android: 2 }), goalOf())).toBeNull();
  const { rows } = evaluatePlan(factsOf({ ios: 3000 }, { overall: low }), goalOf(), 100);
  expect(rows[0]).toMatchObject({ detection: null, neededPerWeek: null, counts: false });
});

test("too few reviews give an equal fraction of each need", () => {
  const own = { ...usual, boundary: 0.92, own: true };
  const facts = factsOf(
    { ios: 3000, android: 4000, web: 2000 },
    { segments: new Map([["web", own]]), plan: { ...plan, floorPerEpoch: 0 } },
  );
  const { rows } = evaluatePlan(facts, goalOf(), 120);
  const fractions = rows.map(({ reviewsPerWeek, neededPerWeek }) => reviewsPerWeek / (neededPerWeek ?? 1));
  expect(fractions[0]).toBeLessThan(1);
  for (const fraction of fractions) expect(fraction).toBeCloseTo(fractions[0] ?? 0, 6);
});

const worlds = fc.record({
  outputs: fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 8 }),
  flaggedShare: fc.double({ min: 0, max: 0.5, noNaN: true }),
  drop: fc.double({ min: 0.02, max: 0.3, noNaN: true }),
  weeks: fc.integer({ min: 1, max: 26 }),
  acceptedPerYear: fc.constantFrom(0.1, 0.5, 2, 12),
  boundary: fc.double({ min: 0.6, max: 0.99, noNaN: true }),
  above: fc.double({ min: 0, max: 0.03, noNaN: true }),
});

function worldOf(world: typeof worlds extends fc.Arbitrary<infer W> ? W : never) {
  const past = world.outputs.flatMap((outputs, at) =>
    [true, false].map((flagged) => ({
      value: `v${at}`,
      flagged,
      outputsPerDay: (outputs / 7) * (flagged ? world.flaggedShare : 1 - world.flaggedShare),
      reviewed: 50,
      wrong: 5,
    })),
  );
  const overall = { ...usual, boundary: world.boundary, usual: Math.min(1, world.boundary + world.above) };
  const { drop, weeks, acceptedPerYear } = world;
  return { facts: factsOf({}, { past, overall }), goal: goalOf({ drop, weeks, acceptedPerYear }) };
}

test("the number of reviews meets every need that counts, and a tenth less does not", () => {
  let met = 0;
  fc.assert(
    fc.property(worlds, (world) => {
      const { facts, goal } = worldOf(world);
      const needed = neededReviews(facts, goal);
      if (needed === null) return;
      met += 1;
      const evaluated = evaluatePlan(facts, goal, needed);
      expect(meetsGoal(evaluated)).toBe(true);
      for (const segment of evaluated.rows.filter(({ counts }) => counts)) {
        const found = findableDrop(segment, { weeks: goal.weeks, threshold: evaluated.threshold });
        expect(found).not.toBeNull();
        expect(found ?? 1).toBeLessThanOrEqual(goal.drop * (1 + 1e-3));
      }
      if (needed < 20) return;
      const fewer = evaluatePlan(facts, goal, Math.floor(needed * 0.9));
      expect(meetsGoal(fewer) && [fewer.overall, ...fewer.rows].some(({ counts }) => counts)).toBe(false);
    }),
    { numRuns: 60, seed: 7 },
  );
  expect(met).toBeGreaterThan(20);
});

test("more reviews never find only larger drops, and never more than the outputs are reviewed", () => {
  fc.assert(
    fc.property(worlds, fc.integer({ min: 10, max: 2000 }), (world, reviews) => {
      const { facts, goal } = worldOf(world);
      const [few, more] = [reviews, reviews * 2].map((each) => evaluatePlan(facts, goal, each));
      if (!few || !more) throw new Error("Two plans were asked for.");
      const found = (evaluated: typeof few) =>
        findableDrop(evaluated.overall, { weeks: goal.weeks, threshold: evaluated.threshold }) ?? 1;
      // The threshold rises with the reviews, which alone costs a little.
      expect(found(more)).toBeLessThanOrEqual(found(few) * 1.05 + 1e-9);
      for (const row of more.rows)
        expect(row.reviewsPerWeek).toBeLessThanOrEqual(row.outputsPerWeek * (1 + 1e-9));
    }),
    { numRuns: 60, seed: 8 },
  );
});
