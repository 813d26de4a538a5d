import { expect, it } from "vitest";
import { alarmThreshold, expectedFalseAlarms, thresholdsByPriority } from "./alarm-threshold";

const plan = { attributes: 4, observationsPerYear: 36_500 };

it("gives the budget back", () => {
  const threshold = alarmThreshold({ ...plan, acceptedPerYear: 0.5 });
  expect(threshold).toBe(292_000);
  expect(expectedFalseAlarms({ ...plan, threshold })).toBe(0.5);
});

it("spends the same budget whatever the priorities", () => {
  expect(thresholdsByPriority(1000, [5, 5])).toEqual([1000, 1000]);
  const thresholds = thresholdsByPriority(292_000, [4, 2, 1, 1]);
  const spent = thresholds.map((threshold) => expectedFalseAlarms({ ...plan, attributes: 1, threshold }));
  expect(spent.reduce((sum, each) => sum + each, 0)).toBeCloseTo(0.5, 12);
  expect((spent[0] ?? 0) / (spent[2] ?? 1)).toBeCloseTo(4, 12);
  expect(thresholdsByPriority(1000, [])).toEqual([]);
});

it("refuses what is not positive", () => {
  for (const bad of [0, -1, Number.NaN, Infinity]) {
    expect(() => alarmThreshold({ ...plan, acceptedPerYear: bad })).toThrow("accepted");
    expect(() => alarmThreshold({ ...plan, attributes: bad, acceptedPerYear: 1 })).toThrow("attributes");
    expect(() => expectedFalseAlarms({ ...plan, threshold: bad })).toThrow("threshold");
    expect(() => expectedFalseAlarms({ ...plan, observationsPerYear: bad, threshold: 1 })).toThrow(
      "per year",
    );
    expect(() => thresholdsByPriority(1000, [1, bad])).toThrow("priority");
  }
});
