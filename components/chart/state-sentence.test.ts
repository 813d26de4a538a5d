import { describe, expect, it } from "vitest";

import { gapPhrase, stateSentence } from "./state-sentence";
import { makeEstimate, makeSeries } from "./testing/make-series";

const sinking = [{ mean: 0.94 }, { mean: 0.93 }, { mean: 0.85 }, { mean: 0.84 }, { mean: 0.83 }];

describe("stateSentence", () => {
  it("says how accurate, when, and how far below the pilot", () => {
    const said = stateSentence(makeSeries(sinking));
    expect(said.state).toBe("below");
    expect(said.headline).toBe(
      "Accuracy was 83.0 % (76 to 90 %) last week, 10.6 points below the pilot (4.6 to 16.6).",
    );
  });
  it("says since when, and which release came just before", () => {
    const release = {
      id: "0193e4a0-0000-7000-8000-000000000001",
      day: "2026-01-18",
      live_at: "2026-01-18T08:00:00Z",
      model_name: "triage",
      model_version: "3.1",
      note: null,
    };
    const { evidence } = stateSentence(makeSeries(sinking, { releases: [release] }));
    expect(evidence).toContain("It has stayed below the pilot since 19 Jan 2026: 3 weeks in a row.");
    expect(evidence).toContain("triage 3.1 went live on 18 Jan 2026, close to where the drop begins.");
    const early = stateSentence(makeSeries(sinking, { releases: [{ ...release, day: "2026-01-06" }] }));
    expect(early.evidence.join(" ")).not.toContain("went live");
  });
  it("does not blame a release when nothing is clearly worse", () => {
    const series = makeSeries([{ mean: 0.94 }, { mean: 0.92 }]);
    expect(stateSentence(series).state).toBe("unclear");
    expect(stateSentence(series).headline).toContain(
      "no clear difference from the pilot (from 7.6 points below to 4.4 above)",
    );
  });
  it("names the segment", () => {
    const series = makeSeries(sinking, { segment: { attribute: "device", value: "ios" } });
    expect(stateSentence(series).headline).toMatch(/^Accuracy for device = ios was 83\.0 %/);
  });
  it("leaves unfinished and thin weeks out of the current number", () => {
    const said = stateSentence(
      makeSeries([{ mean: 0.9 }, { mean: 0.2, n: 12 }, { mean: 0.1, state: "in_progress" }]),
    );
    expect(said.headline).toContain("90.0 %");
    expect(said.headline).toContain("in the week of 5 to 11 Jan 2026");
  });
  it.each([
    ["no_pilot", makeSeries(sinking, { pilot: null })],
    ["too_few", makeSeries([{ mean: 0.9, n: 19 }])],
    ["no_reviews", makeSeries([{ mean: null }])],
    ["no_outputs", makeSeries([])],
  ] as const)("%s has its own sentence without a comparison", (state, series) => {
    const said = stateSentence(series);
    expect(said.state).toBe(state);
    expect(said.headline).not.toContain("points");
    expect(said.headline.length).toBeGreaterThan(20);
  });
  it("says what the number leaves out", () => {
    const series = makeSeries(sinking);
    const estimate = makeEstimate(0.83, 100, {
      unaudited_share: 0.12,
      unsure_share: 0.08,
      bounds: { low: 0.76, high: 0.84 },
    });
    const now = series.now ? { ...series.now, estimate } : null;
    const { evidence } = stateSentence({ ...series, now });
    expect(evidence.join(" ")).toContain("12 % of the traffic has not been looked at");
    expect(evidence.join(" ")).toContain("accuracy would be 76 to 84 %");
  });
  it("uses no words of the trade", () => {
    for (const series of [
      makeSeries(sinking),
      makeSeries([{ mean: 0.94 }]),
      makeSeries(sinking, { pilot: null }),
    ]) {
      const said = stateSentence(series);
      expect([said.headline, ...said.evidence].join(" ")).not.toMatch(
        /significan|p-value|confidence|null hypothesis/i,
      );
    }
  });
});

describe("gapPhrase", () => {
  it("reads both ends from zero outwards", () => {
    expect(gapPhrase({ difference: 0.05, low: 0.01, high: 0.09 })).toBe(
      "5.0 points above the pilot (1.0 to 9.0)",
    );
    expect(gapPhrase({ difference: -0.05, low: -0.09, high: -0.01 })).toBe(
      "5.0 points below the pilot (1.0 to 9.0)",
    );
  });
});
