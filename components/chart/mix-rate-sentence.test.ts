import { describe, expect, it } from "vitest";

import type { MixRate, MixRateSplit } from "@/lib/estimate/schema";

import { mixRateSentence } from "./mix-rate-sentence";
import { makeEstimate } from "./testing/make-series";

const around = (difference: number, half = 0.01) => ({
  difference,
  low: difference - half,
  high: difference + half,
});

function made(gap: number, mix: number, rate: number, other: Partial<MixRateSplit> = {}): MixRate {
  const side = { from: "2026-01-05", to: "2026-02-01", frozen: false, estimate: makeEstimate(0.9, 300) };
  return {
    before: { ...side, kind: "pilot", from: null, to: null },
    after: { ...side, kind: "production" },
    gap: around(gap),
    attributes: [],
    split: {
      attribute: "area",
      covered_before: 1,
      covered_after: 1,
      mix: around(mix),
      fresh: null,
      rate: around(rate),
      unexplained: 0,
      segments: [],
      fresh_segments: [],
      merged: [],
      ...other,
    },
  };
}

describe("mixRateSentence", () => {
  it("divides what was lost", () => {
    expect(mixRateSentence(made(-0.066, -0.004, -0.062))).toEqual({
      headline: "Of the 6.6 points lost, 0.4 come from changed traffic and 6.2 from worse answers.",
      notes: ["Another way of dividing the traffic may split it otherwise."],
    });
  });
  it("says what works against the loss", () => {
    expect(mixRateSentence(made(-0.079, 0.012, -0.091)).headline).toBe(
      "Of the 7.9 points lost, 9.1 come from worse answers; changed traffic works against it by 1.2.",
    );
    expect(mixRateSentence(made(-0.041, -0.043, 0.002)).headline).toBe(
      "Of the 4.1 points lost, 4.3 come from changed traffic; answers work against it by 0.2.",
    );
  });
  it("does not count what rounds to nothing", () => {
    expect(mixRateSentence(made(-0.025, 0.0002, -0.0252)).headline).toBe(
      "Of the 2.5 points lost, 2.5 come from worse answers; changed traffic hardly matters.",
    );
  });
  it("names new values, and gains", () => {
    expect(mixRateSentence(made(0.03, 0.01, 0.015, { fresh: around(0.005) })).headline).toBe(
      "Of the 3.0 points gained, 1.0 comes from changed traffic, 0.5 from values that are new and 1.5 from better answers.",
    );
  });
  it("says what may be chance, what is left over, and what is not covered", () => {
    const sentence = mixRateSentence({
      ...made(-0.004, -0.001, -0.002, { unexplained: -0.001, covered_after: 0.631 }),
      gap: around(-0.004, 0.02),
    });
    expect(sentence.notes).toEqual([
      "The whole difference may be chance.",
      "0.1 points are left over: by chance the reviewed outputs are not spread over the values exactly as the traffic is.",
      "Only 63 % of the traffic has a value of area.",
      "Another way of dividing the traffic may split it otherwise.",
    ]);
  });
  it("says why there is nothing to say", () => {
    const nothing = { ...made(0, 0, 0), gap: null, split: null };
    const none = (side: MixRate["before"]) => ({ ...side, estimate: null });
    expect(mixRateSentence({ ...nothing, before: none(nothing.before) }).headline).toContain(
      "no judged pilot",
    );
    expect(mixRateSentence({ ...nothing, after: none(nothing.after) }).headline).toContain("these days");
    expect(mixRateSentence({ ...nothing, before: none(nothing.after) }).headline).toContain("days before");
    expect(mixRateSentence({ ...made(-0.1, 0, 0), split: null }).headline).toContain("No attribute");
    expect(mixRateSentence(made(0, 0, 0)).headline).toBe("Accuracy is the same on both sides.");
  });
});
