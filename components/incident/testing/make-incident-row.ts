import { makeEstimate } from "@/components/chart/testing/make-series";
import type { IncidentRow } from "@/lib/incident/schema";

/** An open incident of device ios: 61 % since 12 March, where 92 % was the boundary. */
export function makeIncidentRow(settings: Partial<IncidentRow> = {}): IncidentRow {
  return {
    id: "0193e4a0-0000-7000-8000-000000000001",
    kind: "accuracy_drop",
    segment: { attribute: "device", value: "ios" },
    state: "open",
    standing: "open",
    opened_at: "2026-03-21T06:10:00.000Z",
    muted_until: null,
    resolved_at: null,
    alarms: 1,
    change_day: "2026-03-12",
    alarm_day: "2026-03-20",
    boundary: 0.92,
    input: null,
    since: makeEstimate(0.61, 120, { low: 0.52, high: 0.7 }),
    extra_wrong: 310,
    ...settings,
  };
}
