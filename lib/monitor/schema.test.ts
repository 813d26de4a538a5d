import { expect, test } from "vitest";
import {
  changeMonitorSchema,
  MONITOR_REASONS,
  type MonitorChange,
  type MonitorPilot,
  monitorPilotSchema,
  type MonitorSettings,
  type MonitorVersion,
  monitorVersionSchema,
} from "./schema";

const settings: MonitorSettings = {
  attributes: ["area", '["area","sleeps"]'],
  floor: null,
  tolerance: 0.01,
  accepted_per_year: 0.5,
  unsure_counts_wrong: false,
};
const pilot: MonitorPilot = {
  mean: 0.944,
  low: 0.926,
  high: 0.959,
  level: 0.95,
  n: 812,
  effective_n: 812,
  low80: 0.933,
  frozen_at: null,
};

test("a change names the version that it starts from, each attribute once, and nothing out of range", () => {
  const change: MonitorChange = { ...settings, base_version: 0 };
  expect(changeMonitorSchema.parse(change)).toEqual(change);
  const refused = [
    settings,
    { ...change, attributes: ["area", "area"] },
    { ...change, attributes: [""] },
    { ...change, floor: 95 },
    { ...change, tolerance: -0.01 },
    { ...change, accepted_per_year: 0 },
    { ...change, unknown: 1 },
  ];
  expect(refused.filter((each) => changeMonitorSchema.safeParse(each).success)).toEqual([]);
});

test("a version carries the pilot as it was", () => {
  const version: MonitorVersion = {
    ...settings,
    version: 1,
    boundary: 0.933,
    pilot: monitorPilotSchema.parse(pilot),
    threshold: 31_200,
    reviews_per_year: 5200,
    boundaries: [],
    boundary_count: 0,
    first_sequence: 1,
    fed_sequence: 0,
    reason: MONITOR_REASONS[0],
    note: null,
    created_at: "2026-05-04T12:00:00Z",
    created_by: null,
  };
  expect(monitorVersionSchema.parse(version)).toEqual(version);
});
