import { describe, expect, it } from "vitest";

import type { MonitoringState, MonitorPilot, MonitorSettings, PilotSupport } from "@/lib/monitor/schema";

import { draftOf, settingsOf } from "./monitor-draft";
import {
  attributeWords,
  boundaryWords,
  detectionWords,
  driftWords,
  falseAlarmWords,
  reviewsPerFalseAlarm,
  settingsWords,
  supportWords,
} from "./monitor-words";
import { stateWords } from "@/components/monitor/state-words";

const pilot: MonitorPilot = {
  mean: 0.944,
  low: 0.926,
  high: 0.959,
  level: 0.95,
  n: 812,
  effective_n: 812,
  low80: 0.931,
  frozen_at: null,
};
const settings: MonitorSettings = {
  attributes: ["device", '["area","sleeps"]'],
  floor: null,
  tolerance: 0.01,
  accepted_per_year: 0.5,
  unsure_counts_wrong: false,
};

describe("boundaryWords", () => {
  it("says where the boundary comes from and what it allows for", () => {
    expect(boundaryWords(0.931, pilot, settings)).toBe(
      "From the pilot: 93.1 %. The pilot was 94.4 % (92.6 to 95.9 % of 812); the boundary allows for the pilot's own uncertainty and 1 point of ordinary movement.",
    );
    expect(boundaryWords(0.944, pilot, { ...settings, tolerance: 0 })).toMatch(/own uncertainty\.$/);
    expect(boundaryWords(0.9, pilot, { ...settings, floor: 0.9 })).toBe(
      "Promised: 90.0 %. The pilot was 94.4 % (92.6 to 95.9 % of 812).",
    );
    expect(boundaryWords(0.9, null, { ...settings, floor: 0.9 })).toBe("Promised: 90.0 %.");
  });
});

describe("falseAlarmWords", () => {
  it("says how often somebody would be woken for nothing", () => {
    expect([0.5, 1, 2, 0.1, 1.5, 0.4].map(falseAlarmWords)).toEqual([
      "about 1 false alarm in 2 years",
      "about 1 false alarm a year",
      "about 2 false alarms a year",
      "about 1 false alarm in 10 years",
      "about 1.5 false alarms a year",
      "about 1 false alarm in 2.5 years",
    ]);
  });
});

describe("driftWords", () => {
  const version = { accepted_per_year: 0.5, reviews_per_year: 5200 };
  it("says what another number of reviews does to the promise", () => {
    expect(reviewsPerFalseAlarm(0.5, 5200)).toBe("1 in 10,000 reviews");
    expect(driftWords(version, 5200 * 6.4)).toBe(
      "This version counts on 100 reviews a week, the sampling plan in force has 640: expect about 3.2 false alarms a year. Save it again to keep to what you accept.",
    );
    expect(driftWords(version, 2600)).toContain("has 50, so alarms need more evidence than they have to");
    expect(driftWords(version, 5400)).toBeNull();
    expect(driftWords(undefined, 5400)).toBeNull();
  });
});

describe("detectionWords", () => {
  const ten = { drop: 0.1, reviews: { mean: 138, in80: 200 }, weeks: 2.4 };
  const five = { drop: 0.05, reviews: { mean: 562, in80: 815 }, weeks: 11.2 };
  it("gives reviews and weeks", () => {
    expect(detectionWords({ boundary: 0.931, detections: [ten, five] })).toBe(
      "a drop of 10 points is found after about 140 reviews (3 weeks at the present plan), 5 points after about 560 (12 weeks)",
    );
    expect(detectionWords({ boundary: 0.931, detections: [{ ...ten, weeks: null }] })).toBe(
      "a drop of 10 points is found after about 140 reviews",
    );
  });
  it("says when a drop raises no alarm", () => {
    const none = { drop: 0.05, reviews: null, weeks: null };
    expect(detectionWords({ boundary: 0.85, detections: [ten, none] })).toContain(
      "; a drop of 5 points stays above the boundary of 85.0 % and raises no alarm",
    );
    expect(detectionWords({ boundary: 0.8, detections: [{ ...ten, reviews: null }, none] })).toBe(
      "a drop of 10 points or 5 points stays above the boundary of 80.0 % and raises no alarm",
    );
  });
});

describe("supportWords", () => {
  const small: PilotSupport = {
    labels: 100,
    reviews: 6293,
    larger: { labels: 1000, boundary: 0.937, reviews: 556 },
    too_small: true,
  };
  it("warns in the pilot's own numbers, and only when it is too small", () => {
    expect(supportWords(small)).toBe(
      "A pilot of 100 labels leaves open how accurate it really was, so it takes about 6,300 reviews to find a drop of 5 points. With 1,000 it would take about 560.",
    );
    expect(supportWords({ ...small, reviews: null })).toContain("a drop of 5 points raises no alarm at all");
    expect(supportWords({ ...small, too_small: false })).toBeNull();
    expect(supportWords(null)).toBeNull();
  });
});

describe("settingsWords", () => {
  it("names attributes, pairs and the rest", () => {
    expect(attributeWords('["area","sleeps"]')).toBe("area and sleeps");
    expect(settingsWords(settings)).toBe(
      "all outputs, and by device, area and sleeps; 1 point below the pilot tolerated; about 1 false alarm in 2 years; unsure counts as missing",
    );
  });
});

describe("the form", () => {
  it("sends back what it was given", () => {
    for (const each of [settings, { ...settings, floor: 0.931, tolerance: 0.0125, accepted_per_year: 2 }])
      expect(settingsOf(draftOf(each))).toEqual(each);
  });
  it("does not take an empty promise for none", () => {
    const draft = { ...draftOf(settings), from: "floor" as const, floor: "" };
    expect(settingsOf(draft).floor).toBe("");
    expect(settingsOf({ ...draft, floor: "93.1" }).floor).toBe(0.931);
  });
});

describe("stateWords", () => {
  const now = new Date("2026-03-12T12:00:40Z");
  const state: MonitoringState = {
    state: "watching",
    reason: null,
    evaluated_at: "2026-03-12T12:00:00Z",
    cohorts: 34,
    fed: 34,
    newest_day: "2026-03-11",
    oldest_waiting: { day: "2026-03-12", reviews: 7 },
    up_to_date: true,
  };
  it("says that it watches, since when, and what it waits for", () => {
    expect(stateWords(state, now)).toEqual({
      tone: "good",
      title: "Watching, last evaluated 40 s ago",
      sentence: "34 complete days seen, the newest 11 Mar 2026. 12 Mar 2026 still needs 7 reviews.",
    });
  });
  it("does not take silence for health", () => {
    const stale = { ...state, state: "stale" as const, evaluated_at: "2026-03-12T11:48:40Z" };
    expect(stateWords(stale, now)).toMatchObject({
      tone: "alarm",
      sentence: expect.stringContaining("last evaluated 12 min ago"),
    });
    expect(stateWords({ ...stale, evaluated_at: null }, now).sentence).toContain("never evaluated yet");
  });
  it("says why there is no monitoring and what to do", () => {
    const none = {
      ...state,
      state: "none" as const,
      evaluated_at: null,
      fed: 0,
      cohorts: 0,
      newest_day: null,
    };
    expect(stateWords({ ...none, reason: "no_outputs", oldest_waiting: null }, now).sentence).toContain(
      "Make a key",
    );
    expect(stateWords({ ...none, reason: "no_boundary" }, now).sentence).toContain("promise an accuracy");
    expect(stateWords({ ...none, reason: "no_cohort" }, now).sentence).toContain(
      "12 Mar 2026 still needs 7 reviews",
    );
  });
});
