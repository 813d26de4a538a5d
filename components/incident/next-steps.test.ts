import { describe, expect, it } from "vitest";

import { makeEstimate } from "@/components/chart/testing/make-series";
import type { AccuracyIncident } from "@/lib/incident/schema";

import { incidentSteps } from "./next-steps";
import { makeIncidentRow } from "./testing/make-incident-row";

const release = (day: string, version = "2.4"): AccuracyIncident["releases"][number] => ({
  id: "0193e4a0-0000-7000-8000-000000000002",
  day,
  live_at: `${day}T08:00:00Z`,
  model_name: "triage",
  model_version: version,
  note: null,
  seen: false,
});
const recovery = (settings: Partial<NonNullable<AccuracyIncident["recovery"]>>) => ({
  marker: "acknowledged" as const,
  day: "2026-03-22",
  release: null,
  reviews: 30,
  right: 28,
  estimate: makeEstimate(0.93, 30),
  recovered: false,
  more_reviews: 80,
  ...settings,
});
const incident = (settings: object = {}) => ({
  ...makeIncidentRow(),
  boundary: 0.92,
  recovery: null,
  releases: [],
  ...settings,
});
const keys = (settings: object, wrong = 12, canManage = true) =>
  incidentSteps(incident(settings), { wrong }, canManage).map(({ key }) => key);

describe("incidentSteps", () => {
  it("begins with taking it on, then the release, then the outputs", () => {
    expect(keys({ releases: [release("2026-03-11")] })).toEqual(["acknowledge", "release", "outputs", "fix"]);
  });
  it("tells a viewer what to look at, not what to press", () => {
    expect(keys({}, 12, false)).toEqual(["outputs", "fix"]);
  });
  it("names the release that is nearest, and how near", () => {
    const releases = [release("2026-03-09", "2.3"), release("2026-03-11"), release("2026-03-15", "2.5")];
    const step = incidentSteps(incident({ releases }), { wrong: 0 }, false)[0];
    expect(step?.title).toBe("Compare with the version before triage 2.4");
    expect(step?.reason).toBe("It went live on 11 Mar 2026, a day before it likely began.");
    expect(keys({ releases: [release("2026-03-01")] }, 0, false)).toEqual(["fix"]);
  });
  it("suggests resolving as soon as it has recovered, and waiting before", () => {
    const state = { state: "acknowledged", standing: "acknowledged" };
    expect(keys({ ...state, recovery: recovery({ recovered: true }) })).toEqual(["recovered", "outputs"]);
    expect(keys({ ...state, recovery: recovery({}) })).toEqual(["outputs", "recovery"]);
  });
  it("says of a resolved one only whether it held", () => {
    const state = { state: "resolved", standing: "resolved" };
    expect(keys(state)).toEqual([]);
    expect(keys({ ...state, recovery: recovery({ marker: "resolved" }) })).toEqual(["recovery"]);
  });
});
