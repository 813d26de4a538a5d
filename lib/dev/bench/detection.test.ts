import { describe, expect, it } from "vitest";
import { seededRandom } from "@/lib/stats/testing/seeded-random";
import { openEsr } from "./detection/e-sr";
import { chosenThreshold, distancesFromDesign, measureMethod } from "./detection/measure-method";
import { openRollingWilson } from "./detection/rolling-wilson";
import { falseAlarmShare, type Open, reviewsPerDay, reviewsToAlarm } from "./detection/simulate";

const chosen: Open = (errorRate) => openEsr(errorRate, chosenThreshold);
const runs = { withoutDrop: 1000, perDrop: 100 };

describe("the detection benchmark", () => {
  it("agrees with the design within simulation error in all ten cells", () => {
    const distances = distancesFromDesign(measureMethod(chosen, runs, 11));
    expect(distances).toHaveLength(10);
    for (const distance of distances) expect(Math.abs(distance)).toBeLessThanOrEqual(3);
  });

  it("would see a wrong threshold or a boundary one point lower", () => {
    const faults: Open[] = [
      (errorRate) => openEsr(errorRate, chosenThreshold / 10),
      (errorRate) => openEsr(errorRate + 0.01, chosenThreshold),
    ];
    for (const fault of faults) {
      const distances = distancesFromDesign(measureMethod(fault, { withoutDrop: 500, perDrop: 50 }, 12));
      expect(Math.max(...distances.map(Math.abs))).toBeGreaterThan(6);
    }
  });

  it("keeps the promise of the threshold: false alarms in 5 % of half years at most", () => {
    const { mean } = falseAlarmShare(chosen, 0.05, 1000, seededRandom(13));
    expect(mean).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 1000));
  });

  it("finds that daily intervals alarm falsely in nearly every half year", () => {
    const daily: Open = (errorRate) => openRollingWilson(errorRate, 1, reviewsPerDay);
    for (const errorRate of [0.05, 0.15]) {
      expect(falseAlarmShare(daily, errorRate, 300, seededRandom(14)).mean).toBeGreaterThan(0.8);
    }
  });

  it("counts reviews after the change, at least one day for a daily method", () => {
    const daily: Open = (errorRate) => openRollingWilson(errorRate, 1, reviewsPerDay);
    const { mean } = reviewsToAlarm(daily, { errorRate: 0.05, drop: 0.9 }, 50, seededRandom(15));
    expect(mean).toBe(reviewsPerDay);
    const never: Open = () => ({ observe: () => false });
    expect(reviewsToAlarm(never, { errorRate: 0.05, drop: 0.1 }, 2, seededRandom(16))).toMatchObject({
      mean: 50_000,
      unfinished: 2,
    });
  });
});

describe("openRollingWilson", () => {
  it("looks at the end of a day, at full windows of the last days only", () => {
    const monitor = openRollingWilson(0.05, 2, 5);
    const alarms = (errors: readonly number[]) => errors.map((error) => monitor.observe(error));
    expect(alarms([1, 1, 1, 1, 1])).not.toContain(true);
    expect(alarms([1, 0, 0, 0, 0])).toEqual([false, false, false, false, true]);
    expect(alarms([0, 0, 0, 0, 0])).not.toContain(true);
    expect(alarms([1, 1, 1, 1, 1])).toEqual([false, false, false, false, true]);
  });
});
