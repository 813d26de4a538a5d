import { expect, it } from "vitest";

import { MONITORING_STATES, type MonitoringState, NO_MONITORING_REASONS } from "@/lib/monitor/schema";

import { stateWords } from "./state-words";

const now = new Date("2026-03-21T08:00:00Z");
const state = (settings: Partial<MonitoringState> = {}): MonitoringState => ({
  state: "watching",
  reason: null,
  evaluated_at: "2026-03-21T07:59:30Z",
  cohorts: 69,
  fed: 69,
  newest_day: "2026-03-20",
  oldest_waiting: null,
  up_to_date: true,
  ...settings,
});

it("says how far it has looked, when it last ran and what it waits for", () => {
  expect(stateWords(state(), now)).toEqual({
    tone: "good",
    title: "Watching, last evaluated 30 s ago",
    sentence: "69 complete days seen, the newest 20 Mar 2026. No day waits for reviews.",
  });
  const waiting = state({ oldest_waiting: { day: "2026-03-21", reviews: 3 } });
  expect(stateWords(waiting, now).sentence).toContain("21 Mar 2026 still needs 3 reviews.");
});

it("never looks calm when nothing runs", () => {
  const stale = stateWords(state({ state: "stale", evaluated_at: "2026-03-21T06:00:00Z" }), now);
  expect(stale).toMatchObject({ tone: "alarm", title: "Monitoring stands still" });
  expect(stale.sentence).toMatch(/^It was last evaluated 2 h ago/);
  expect(stateWords(state({ state: "stale", evaluated_at: null }), now).sentence).toContain(
    "never evaluated",
  );
  for (const reason of NO_MONITORING_REASONS)
    expect(stateWords(state({ state: "none", reason }), now).title).toBe("No monitoring yet");
});

it("has words for every state", () => {
  for (const each of MONITORING_STATES) {
    const said = stateWords(state({ state: each, evaluated_at: null, newest_day: null }), now);
    expect(said.sentence).toMatch(/^[A-Z0-9].*\.$/);
    expect(`${said.title} ${said.sentence}`).not.toMatch(/undefined|null|NaN/);
  }
});
