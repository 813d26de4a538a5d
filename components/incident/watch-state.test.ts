import { expect, it } from "vitest";

import { MONITORING_STATES, type MonitoringState, NO_MONITORING_REASONS } from "@/lib/monitor/schema";

import { watchSentence } from "./watch-state";

const now = new Date("2026-03-21T08:00:00Z");
const state = (settings: Partial<MonitoringState> = {}): MonitoringState => ({
  state: "watching",
  reason: null,
  evaluated_at: "2026-03-21T07:59:30Z",
  cohorts: 69,
  fed: 69,
  newest_day: "2026-03-20",
  oldest_waiting: null,
  ...settings,
});

it("says how far it has looked, when it last ran and what it waits for", () => {
  expect(watchSentence(state(), now)).toBe(
    "Monitoring has looked at 69 days, the newest of them 20 Mar 2026. It last ran less than a minute ago.",
  );
  const waiting = state({ oldest_waiting: { day: "2026-03-21", reviews: 3 } });
  expect(watchSentence(waiting, now)).toContain("21 Mar 2026 waits for 3 more reviews.");
});

it("never looks calm when nothing runs", () => {
  const stale = watchSentence(state({ state: "stale", evaluated_at: "2026-03-21T06:00:00Z" }), now);
  expect(stale).toMatch(/^Monitoring stands still: it last ran 2 h ago\./);
  expect(watchSentence(state({ state: "stale", evaluated_at: null }), now)).toContain("it has never run");
  for (const reason of NO_MONITORING_REASONS)
    expect(watchSentence(state({ state: "none", reason }), now)).toMatch(/^No monitoring yet: /);
});

it("has a sentence for every state", () => {
  for (const each of MONITORING_STATES) {
    const said = watchSentence(state({ state: each, evaluated_at: null, newest_day: null }), now);
    expect(said).toMatch(/^[A-Z].*\.$/);
    expect(said).not.toMatch(/undefined|null|NaN/);
  }
});
