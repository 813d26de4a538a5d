import { describe, expect, it } from "vitest";

import { makeEstimate, makeSeries } from "@/components/chart/testing/make-series";
import type { AccuracyGap, SegmentRow } from "@/lib/estimate/schema";

import { nextStep, type StepFacts, worstFirst } from "./next-step";

const NOW = new Date("2026-02-04T12:00:00Z");

function segmentRow(value: string, mean: number, n: number, gap: AccuracyGap | null): SegmentRow {
  return {
    segment: { attribute: "device", value },
    population: 1000,
    traffic_share: 0.2,
    estimate: makeEstimate(mean, n),
    all_traffic: null,
    pilot: makeEstimate(0.94, 100),
    gap,
    due: 0,
    spark: [],
  };
}

const BELOW = { difference: -0.1, low: -0.15, high: -0.05 };
const UNCLEAR = { difference: -0.2, low: -0.5, high: 0.1 };

function facts(other: Partial<StepFacts> = {}): StepFacts {
  const series = makeSeries([{ mean: 0.93 }, { mean: 0.94 }]);
  return {
    series,
    worst: null,
    overallGap: null,
    promise: null,
    lastReceivedAt: new Date("2026-02-04T11:00:00Z"),
    now: NOW,
    reviewsThisWeek: 60,
    reviewsLastWeek: 100,
    reviewsPerWeek: 100,
    due: 10,
    disputed: 0,
    reach: { finds: 0.05 },
    canManage: true,
    canReview: true,
    ...other,
  };
}

describe("nextStep", () => {
  it("puts a silent source before everything else", () => {
    const step = nextStep(
      facts({ lastReceivedAt: new Date("2026-01-30T11:00:00Z"), due: 500, reviewsLastWeek: 0 }),
    );
    expect(step).toMatchObject({ path: "input", reason: expect.stringContaining("5 days") });
  });
  it("asks for reviews when the plan is not kept, of the person who can give them", () => {
    const behind = { due: 90, reviewsThisWeek: 5, reviewsLastWeek: 20 };
    expect(nextStep(facts(behind))).toMatchObject({
      path: "review",
      reason: expect.stringContaining("20 reviews last week"),
    });
    expect(nextStep(facts({ ...behind, canReview: false })).path).toBe("members");
    expect(nextStep(facts({ ...behind, canReview: false, canManage: false })).path).toBeNull();
    expect(nextStep(facts({ due: 90, reviewsThisWeek: 5, reviewsLastWeek: 95 })).path).not.toBe("review");
  });
  it("leads to the wrong outputs of a segment that is surely below its pilot, and to all of them without one", () => {
    const worst = segmentRow("ios", 0.8, 80, BELOW);
    expect(nextStep(facts({ worst }))).toMatchObject({
      path: "wrong",
      segment: true,
      title: expect.stringContaining("device = ios"),
    });
    const overall = nextStep(facts({ worst: segmentRow("ios", 0.8, 80, UNCLEAR), overallGap: BELOW }));
    expect(overall.path).toBe("wrong");
    expect(overall.segment).toBeUndefined();
  });
  it("asks a manager to decide where two people differ, after a finding and before a baseline", () => {
    expect(nextStep(facts({ disputed: 1 }))).toMatchObject({
      path: "review/adjudicate",
      title: "Decide about one item",
    });
    expect(nextStep(facts({ disputed: 3 })).title).toBe("Decide about 3 items");
    expect(nextStep(facts({ disputed: 3, canManage: false })).path).not.toBe("review/adjudicate");
    expect(nextStep(facts({ disputed: 3, worst: segmentRow("ios", 0.8, 80, BELOW) })).path).toBe("wrong");
  });
  it("reminds a manager, and nobody else, of a baseline that still moves", () => {
    const series = makeSeries([{ mean: 0.93 }]);
    const unfrozen = {
      ...series,
      pilot: series.pilot && { ...series.pilot, frozen: false, frozen_at: null },
    };
    expect(nextStep(facts({ series: unfrozen })).title).toBe("Freeze the baseline");
    expect(nextStep(facts({ series: unfrozen, canManage: false })).title).toBe("Nothing needs you now");
    expect(nextStep(facts()).title).toBe("Nothing needs you now");
  });
});

it("leads to the wrong outputs when a promise is broken, whatever the pilot says", () => {
  expect(nextStep(facts({ promise: "below" }))).toMatchObject({
    path: "wrong",
    reason: expect.stringContaining("below what was promised"),
  });
  for (const promise of ["kept", "unclear", null] as const)
    expect(nextStep(facts({ promise })).title).toBe("Nothing needs you now");
});

describe("nextStep of a plan that sees too little", () => {
  it("leads a manager, and nobody else, to the planner", () => {
    const blind = { reach: { finds: 0.083 } };
    expect(nextStep(facts(blind))).toMatchObject({
      path: "planner",
      reason: expect.stringContaining("a drop of 8.3 points or more"),
    });
    expect(nextStep(facts({ reach: { finds: null } })).reason).toContain("no drop at all");
    expect(nextStep(facts({ ...blind, canManage: false })).title).toBe("Nothing needs you now");
    expect(nextStep(facts({ reach: null })).title).toBe("Nothing needs you now");
  });
  it("comes after everything that is wrong already", () => {
    const worst = segmentRow("ios", 0.8, 80, BELOW);
    expect(nextStep(facts({ worst, reach: { finds: null } })).path).toBe("wrong");
  });
});

describe("worstFirst", () => {
  it("ranks by how sure a loss is, so that a small segment does not come first by chance", () => {
    const rows = [
      segmentRow("rare", 0.7, 25, UNCLEAR),
      segmentRow("ios", 0.84, 300, BELOW),
      segmentRow("few", 0.1, 6, { difference: -0.8, low: -0.9, high: -0.7 }),
    ];
    expect(worstFirst(rows, 20).map((row) => row.segment.value)).toEqual(["ios", "rare"]);
  });
});
