import { describe, expect, it } from "vitest";

import type { PlannedSegment, PlannerPreview } from "@/lib/planner/schema";

import { draftOf, goalOf, viewOf } from "./goal-draft";
import {
  isBeyondPace,
  monitorReasonWords,
  outcomeSentence,
  paceSentences,
  verdictWords,
} from "./planner-words";

function segment(other: Partial<PlannedSegment> = {}): PlannedSegment {
  return {
    value: "",
    outputs_per_week: 2100,
    boundary: 0.931,
    usual: 0.944,
    after: 0.894,
    own_boundary: false,
    pilot_reviews: 812,
    detection: { mean: 560, in80: 812 },
    design_effect: 1,
    needed_per_week: 203,
    reviews_per_week: 210,
    finds: 0.05,
    verdict: "found",
    ...other,
  };
}

const goal = {
  drop: 0.05,
  weeks: 4,
  accepted_per_year: 0.5,
  attribute: "device",
  left_out: [],
  reviews_per_week: null,
};

function preview(other: Partial<PlannerPreview> = {}): PlannerPreview {
  return {
    goal,
    days: 28,
    promised: false,
    pilot: null,
    support: null,
    watched: 2,
    needed: 640,
    present: 110,
    reviews_per_week: 640,
    second_looks_per_week: 58,
    double_review_share: 0.1,
    rate_ratio_cap: 10,
    unused_per_week: 0,
    threshold: 72_000,
    overall: segment(),
    rows: [segment({ value: "ios" }), segment({ value: "android" })],
    present_finds: 0.09,
    pace: { seconds: 30, timed: 412, reviews: 472, reviewers: 2 },
    sampling: null,
    monitor: null,
    monitor_reasons: [],
    sampling_version: 1,
    monitor_version: 1,
    ...other,
  };
}

describe("outcomeSentence", () => {
  it("says where the drop is found", () => {
    expect(outcomeSentence(preview())).toBe(
      "640 reviews a week find a drop of 5 points within 4 weeks, over all outputs and in each value of device.",
    );
    const kiosk = segment({ value: "kiosk", verdict: "too_few_outputs" });
    const without = segment({ value: "", verdict: "not_watched" });
    expect(outcomeSentence(preview({ rows: [segment({ value: "ios" }), kiosk, without] }))).toContain(
      "over all outputs and in 1 of 2 values of device.",
    );
    expect(outcomeSentence(preview({ rows: [kiosk] }))).toContain("but in no single value of device.");
    expect(outcomeSentence(preview({ goal: { ...goal, attribute: null, weeks: 1 }, rows: [] }))).toBe(
      "640 reviews a week find a drop of 5 points within a week, over all outputs.",
    );
  });
  it("says what too few reviews find instead, and what the goal would take", () => {
    const overall = segment({ verdict: "too_few_reviews", finds: 0.093 });
    expect(outcomeSentence(preview({ reviews_per_week: 100, overall }))).toBe(
      "100 reviews a week find a drop of 9.3 points within 4 weeks, over all outputs; 5 points would take 640.",
    );
    expect(outcomeSentence(preview({ reviews_per_week: 1, overall: { ...overall, finds: null } }))).toBe(
      "1 review a week finds no drop within 4 weeks; 5 points would take 640.",
    );
  });
  it("says why no number is enough", () => {
    const above = segment({
      verdict: "above_boundary",
      boundary: 0.85,
      detection: null,
      needed_per_week: null,
    });
    expect(outcomeSentence(preview({ needed: null, overall: above }))).toBe(
      "No number of reviews finds a drop of 5 points within 4 weeks: accuracy would be 89.4 % after it, which is not below the boundary of 85.0 %.",
    );
    expect(
      outcomeSentence(preview({ needed: null, overall: segment({ verdict: "too_few_outputs" }) })),
    ).toContain("all 2,100 outputs of a week would be too few.");
  });
});

describe("verdictWords", () => {
  it("says plainly that few outputs cannot give many reviews", () => {
    const few = segment({ outputs_per_week: 12, needed_per_week: 40.3, verdict: "too_few_outputs" });
    expect(verdictWords(few)).toBe("12 outputs a week cannot give 40 reviews");
    expect(verdictWords(segment())).toBe("");
    expect(verdictWords(segment({ verdict: "too_few_reviews", needed_per_week: 160 }))).toBe("needs 160");
  });
});

describe("paceSentences", () => {
  it("turns reviews into hours at the measured pace", () => {
    expect(paceSentences(640, preview().pace)).toEqual([
      "640 reviews a week are 5 h 20 min of work, at 30 s each (mean of the newest 412).",
      "In the last four weeks 2 people did 118 a week, second looks not counted.",
    ]);
    expect(paceSentences(640, { seconds: null, timed: 0, reviews: 0, reviewers: 0 })).toEqual([
      "How long a review takes is not known yet: none was timed.",
      "Nobody who reviews here has reviewed a sample in the last four weeks.",
    ]);
    expect([isBeyondPace(640, preview().pace), isBeyondPace(120, preview().pace)]).toEqual([true, false]);
  });
});

describe("monitorReasonWords", () => {
  it("names every reason", () => {
    expect(monitorReasonWords(preview({ monitor_reasons: ["accepted", "attribute"] }))).toBe(
      "another number of false alarms is accepted and device is to be watched",
    );
  });
});

describe("the goal in the address", () => {
  const empty = { drop: null, weeks: null, alarms: null, by: null, reviews: null, without: null };
  it("begins where the project stands and comes back as it was typed", () => {
    expect(goalOf(draftOf(empty, goal))).toEqual(goal);
    const draft = { ...draftOf(empty, goal), drop: "7.5", attribute: "", limited: true, reviews: "200" };
    expect(draftOf(viewOf(draft), goal)).toEqual(draft);
    expect(goalOf(draft)).toMatchObject({ drop: 0.075, attribute: null, reviews_per_week: 200 });
  });
  it("does not take an empty field for a zero, nor for no limit", () => {
    const draft = { ...draftOf(empty, goal), drop: "", limited: true, reviews: "" };
    expect(goalOf(draft)).toMatchObject({ drop: "", reviews_per_week: "" });
  });
});
