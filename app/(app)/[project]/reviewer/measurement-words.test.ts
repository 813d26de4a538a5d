import { describe, expect, it } from "vitest";

import { makeEstimate } from "@/components/chart/testing/make-series";
import type { NonResponse, ReviewerMix } from "@/lib/estimate/measurement-schema";

import { mixWords, nonResponseWords } from "./measurement-words";

const week = (start: string, told: boolean): ReviewerMix["weeks"][number] => ({
  start,
  n: 100,
  plain: 0.95,
  adjusted: { mean: 0.9, low: 0.85, high: 0.94 },
  mix_effect: { mean: 0.05, low: 0.02, high: 0.08 },
  told,
});
const mix = (weeks: ReviewerMix["weeks"], people = 3) =>
  mixWords({ from: "2026-03-02", to: "2026-03-29", people, weeks });

describe("mixWords", () => {
  it("says by how much who reviewed changed the latest number", () => {
    expect(mix([week("2026-03-02", false), week("2026-03-09", true)])).toBe(
      "In one week who reviewed changed the number. In the week of 9 Mar 2026 it made accuracy look 5.0 points better: 95.0 % as reviewed, 90.0 % (85 to 94 %) if everybody had reviewed their usual part.",
    );
  });
  it("says so when nothing can be told, or nothing is different", () => {
    expect(mix([])).toContain("Nothing");
    expect(mix([week("2026-03-02", false)], 1)).toContain("One person");
    const apart = { ...week("2026-03-09", false), adjusted: null, mix_effect: null };
    expect(mix([week("2026-03-02", false), apart])).toContain(
      "no clear difference in any week. One week cannot",
    );
  });
});

describe("nonResponseWords", () => {
  const total = {
    judged: 90,
    cannot_judge: 8,
    handed_on: 2,
    expired: 0,
    waiting: 0,
    population: 1_000,
    estimate: makeEstimate(0.9, 90, { bounds: { low: 0.81, high: 0.91 } }),
  };
  const said = (other: Partial<NonResponse["total"]>) =>
    nonResponseWords({ from: "2026-03-02", to: "2026-03-29", strata: [], total: { ...total, ...other } });
  it("says what was left open and what that may mean", () => {
    expect(said({})).toBe(
      "Of 100 samples that reviewers came to, 10 were left open. Had all of those been wrong or all right, accuracy would be 81.0 to 91.0 %.",
    );
    expect(said({ cannot_judge: 0, handed_on: 0 })).toContain("was judged");
    expect(said({ judged: 0, cannot_judge: 0, handed_on: 0 })).toContain("Nothing");
  });
});
