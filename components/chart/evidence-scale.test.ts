import { expect, it } from "vitest";

import { dayLabels, evidenceRuns, evidenceScale } from "./evidence-scale";

const point = (sequence: number, log_peak: number, alarm = false) => ({
  sequence,
  day: `2026-03-${String(sequence).padStart(2, "0")}`,
  log_peak,
  alarm,
  since_change: sequence > 2,
});

it("has room for the threshold and the highest point, in powers of ten", () => {
  const { ticks, placeOf } = evidenceScale([point(1, 2), point(2, 11)], Math.log(20_000));
  expect(ticks.map(({ label }) => label)).toEqual(["1", "10", "100", "1,000", "10,000", "100,000"]);
  expect(placeOf(-5)).toBe(0);
  expect(placeOf(11)).toBeLessThan(1);
  expect(placeOf(11)).toBeGreaterThan(placeOf(Math.log(20_000)));
});

it("thins out its ticks when evidence is overwhelming", () => {
  const { ticks } = evidenceScale([point(1, 60)], 10);
  expect(ticks.map(({ label }) => label)).toEqual(["1", "100", "10,000", "1m", "100m", "10bn"]);
});

it("starts a new line after an alarm", () => {
  const runs = evidenceRuns([point(1, 1), point(2, 11, true), point(3, 0.5), point(4, 2)]);
  expect(runs.map((run) => run.map(({ sequence }) => sequence))).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(evidenceRuns([point(1, 11, true)])).toHaveLength(1);
  expect(evidenceRuns([])).toEqual([]);
});

it("names a few days, spread evenly and away from the ends", () => {
  const points = Array.from({ length: 60 }, (_, at) => point(at + 1, 1));
  expect(dayLabels(points).map(({ sequence }) => sequence)).toEqual([6, 16, 26, 36, 46, 56]);
  expect(dayLabels(points.slice(0, 2)).map(({ sequence }) => sequence)).toEqual([1, 2]);
  expect(dayLabels([])).toEqual([]);
});
