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
      seen: false,
    };
    const { evidence } = stateSentence(makeSeries(sinking, { releases: [release] }));
    expect(evidence).toContain("It has stayed below the pilot since 19 Jan 2026: 3 weeks in a row.");
    expect(evidence).toContain("triage 3.1 went live on 18 Jan 2026, close to where the drop begins.");
    const early = stateSentence(makeSeries(sinking, { releases: [{ ...release, day: "2026-01-06" }] }));
    expect(early.evidence.join(" ")).not.toContain("went live");
  });
  it("says when reviewers got another form just before it", () => {
    const form = { version: 3, day: "2026-01-20", published_at: "2026-01-20T08:00:00Z" };
    const said = (day: string) =>
      stateSentence(makeSeries(sinking, { form_versions: [{ ...form, day }] })).evidence.join(" ");
    expect(said("2026-01-20")).toContain("Version 3 of the answer form came into force on 20 Jan 2026");
    expect(said("2026-01-06")).not.toContain("answer form");
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
  it("gives a range instead of a number where reviewers could not judge too many", () => {
    const series = makeSeries(sinking);
    const estimate = makeEstimate(0.83, 100, {
      unsure_share: 0.12,
      reading: "bounds",
      bounds: { low: 0.73, high: 0.85 },
      bounds_interval: { low: 0.66, high: 0.91 },
    });
    const gap = (low: number, high: number) => ({ difference: -0.1, low, high });
    const said = (low: number, high: number) =>
      stateSentence({ ...series, now: series.now && { ...series.now, estimate, gap: gap(low, high) } });
    expect(said(-0.3, -0.01)).toMatchObject({
      state: "below",
      headline: "Accuracy was between 73 and 85 % (66 to 91 %) last week, at best below the pilot's 93.6 %.",
    });
    expect(said(-0.3, -0.01).evidence[0]).toContain("Reviewers could not judge 12 %");
    expect(said(-0.3, 0.01)).toMatchObject({ state: "unclear" });
    expect(said(-0.3, 0.01).headline).toContain("leaves open whether it differs");
  });
  it("says what the number leaves out", () => {
    const series = makeSeries(sinking);
    const estimate = makeEstimate(0.83, 100, {
      unaudited_share: 0.12,
      unsure_share: 0.04,
      bounds: { low: 0.8, high: 0.84 },
    });
    const now = series.now ? { ...series.now, estimate } : null;
    const { evidence } = stateSentence({ ...series, now });
    expect(evidence.join(" ")).toContain("12 % of the traffic has not been looked at");
    expect(evidence.join(" ")).toContain("accuracy would be 80.0 to 84.0 %");
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

it("does not say of the days that are shown what only all days could tell", () => {
  const low = [{ mean: 0.7 }, { mean: 0.71 }];
  const said = (from: string) => stateSentence(makeSeries(low, { from })).evidence.join(" ");
  expect(said("2026-01-05")).toContain("It has been below the pilot in every week so far.");
  expect(said("2026-01-12")).toContain("It has been below the pilot in every week that is shown.");
});
