import { describe, expect, it } from "vitest";

import type { MixRate, MixRateSegment, MixRateSplit } from "@/lib/estimate/schema";

import { overallReason, segmentReason } from "./traffic-or-model";

const gap = (difference: number, half = 0.01) => ({
  difference,
  low: difference - half,
  high: difference + half,
});
const row = (settings: Partial<MixRateSegment> = {}): MixRateSegment => ({
  value: "scan",
  share_before: 0.24,
  share_after: 0.25,
  accuracy_before: 0.935,
  accuracy_after: 0.718,
  mix: -0.001,
  rate: gap(-0.053),
  ...settings,
});
const compared = (mix: number, rate: number, settings: Partial<MixRateSplit> = {}): MixRate => ({
  before: { kind: "production", from: "2026-01-01", to: "2026-03-11", frozen: false, estimate: null },
  after: { kind: "production", from: "2026-03-12", to: "2026-03-31", frozen: false, estimate: null },
  gap: gap(mix + rate),
  attributes: [],
  split: {
    attribute: "channel",
    covered_before: 1,
    covered_after: 1,
    mix: gap(mix),
    fresh: null,
    rate: gap(rate),
    unexplained: 0,
    segments: [row()],
    fresh_segments: [],
    merged: [],
    ...settings,
  },
});
const scan = { attribute: "channel", value: "scan" };

describe("overallReason", () => {
  it.each([
    [-0.002, -0.05, "model"],
    [-0.05, 0.001, "traffic"],
    [-0.03, -0.04, "both"],
    [0.02, 0.01, "unclear"],
  ] as const)("mix %d, rate %d: %s", (mix, rate, kind) => {
    expect(overallReason(compared(mix, rate)).kind).toBe(kind);
  });
  it("gives both parts with the range, and warns that another split may differ", () => {
    const { details } = overallReason(compared(-0.002, -0.05));
    expect(details[0]).toBe(
      "Compared by channel: −5.0 points from answers that changed on the same traffic (−6.0 to −4.0), −0.2 points from other traffic.",
    );
    expect(details.at(-1)).toBe("Another attribute may split it otherwise.");
  });
  it("names what is new", () => {
    const fresh_segments = ["fax", ""].map((value) => ({
      value,
      share_after: 0.1,
      accuracy_after: 0.6,
      effect: gap(-0.02),
    }));
    const { details } = overallReason(compared(0, -0.01, { fresh: gap(-0.04), fresh_segments }));
    expect(details[1]).toBe("New since then: fax, (empty), −4.0 points of it.");
  });
  it("does not guess without reviews", () => {
    expect(overallReason({ ...compared(0, 0), split: null }).kind).toBe("unclear");
    expect(overallReason({ ...compared(0, 0), gap: null }).details).toEqual([]);
  });
});

describe("segmentReason", () => {
  it("says that answers got worse on about the same part of the traffic", () => {
    const said = segmentReason(compared(0, -0.05), scan);
    expect(said).toMatchObject({
      kind: "model",
      headline: "Its answers got worse; its part of the traffic hardly changed.",
    });
    expect(said.details[0]).toBe(
      "It was 24 % of the traffic before and 25 % since. Its accuracy was 93.5 % before and 71.8 % since.",
    );
  });
  it("says when its part of the traffic changed as well", () => {
    const segments = [row({ share_after: 0.4 })];
    expect(segmentReason(compared(0, -0.05, { segments }), scan).kind).toBe("both");
  });
  it("is not sure when the range holds zero, or when one side has too few reviews", () => {
    const wide = [row({ rate: gap(-0.01, 0.02) })];
    expect(segmentReason(compared(0, 0, { segments: wide }), scan).kind).toBe("unclear");
    expect(segmentReason(compared(0, 0, { segments: [] }), scan).details).toEqual([]);
    expect(
      segmentReason(compared(0, 0, { segments: [row({ accuracy_before: null })] }), scan).details,
    ).toEqual([]);
  });
});
