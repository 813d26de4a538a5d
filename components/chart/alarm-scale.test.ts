import { describe, expect, it } from "vitest";

import type { BacktestSegment } from "@/lib/backtest/schema";

import { accuracyPath, alarmScale, alarmWeeks } from "./alarm-scale";

const WEEKS = ["2026-02-02", "2026-02-09", "2026-02-23"];

function segment(outputs: number[], accuracy: (number | null)[]): BacktestSegment {
  return {
    attribute: "device",
    value: "ios",
    outputs: 100,
    accuracy: 0.8,
    pilot: null,
    boundary: 0.85,
    own_boundary: false,
    week_outputs: outputs,
    week_accuracy: accuracy,
  };
}

describe("alarmWeeks", () => {
  it("puts outputs, accuracy and alarms of each week together", () => {
    const weeks = alarmWeeks(WEEKS, segment([20, 30, 0], [0.9, 0.8, null]), [0, 3]);
    expect(weeks).toEqual([
      { week: "2026-02-02", outputs: 20, accuracy: 0.9, alarms: 0 },
      { week: "2026-02-09", outputs: 30, accuracy: 0.8, alarms: 3 },
      { week: "2026-02-23", outputs: 0, accuracy: null, alarms: 0 },
    ]);
  });
  it("draws no accuracy of a few outputs", () => {
    expect(alarmWeeks(WEEKS, segment([4, 5, 6], [0, 1, 1]), []).map(({ accuracy }) => accuracy)).toEqual([
      null,
      1,
      1,
    ]);
  });
});

describe("alarmScale", () => {
  const weeks = alarmWeeks(WEEKS, segment([20, 30, 40], [0.9, 0.72, 0.95]), [0, 3, 17]);
  it("leaves a place for weeks without outputs", () => {
    const scale = alarmScale(weeks, [0.85]);
    expect(scale.xOf("2026-02-02")).toBeCloseTo(12.5, 6);
    expect(scale.xOf("2026-02-23")).toBeCloseTo(87.5, 6);
    expect(scale.width).toBeCloseTo(25, 6);
  });
  it("starts at a tenth below the lowest of what is drawn", () => {
    expect(alarmScale(weeks, [0.85])).toMatchObject({ min: 0.7, most: 17 });
    expect(alarmScale(weeks, [0.65]).min).toBeCloseTo(0.6, 9);
    expect(alarmScale(weeks, [0.7]).min).toBeCloseTo(0.6, 9);
    expect(alarmScale([], []).min).toBeCloseTo(0.9, 9);
  });
});

describe("accuracyPath", () => {
  it("joins weeks that follow each other and breaks where one is missing", () => {
    const weeks = alarmWeeks(WEEKS, segment([20, 30, 40], [0.9, 0.8, 1]), []);
    const path = accuracyPath(weeks, alarmScale(weeks, []), (accuracy) => 100 * (1 - accuracy));
    expect(path).toBe("M12.50,10.00h0L37.50,20.00M87.50,0.00h0");
  });
});
