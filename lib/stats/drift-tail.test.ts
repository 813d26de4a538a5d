import { expect, it } from "vitest";
import { addEvidence } from "./add-evidence";
import { driftStatistic } from "./drift-statistic";
import { driftTail } from "./drift-tail";
import { evidenceFromTail } from "./evidence-from-tail";
import { binnedSample } from "./testing/binned-sample";
import { seededRandom } from "./testing/seeded-random";

it("is the chi-square tail where every bin is well filled", () => {
  const [production, baseline] = [
    [30, 40, 30],
    [300, 300, 400],
  ];
  const logTail = driftStatistic(production, baseline)?.logTail ?? 0;
  expect(driftTail(production, baseline)).toBe(logTail);
});

it("is the exact chance of a few values that the pilot never had", () => {
  expect(driftTail([59, 1], [2000, 0])).toBeCloseTo(Math.log((10 * 60) / 2060), 10);
  expect(driftTail([57, 3], [2000, 0])).toBeCloseTo(Math.log(10) + 3 * Math.log(60 / 2060), 10);
});

it("sees a field that was always empty and now is filled, and one that no longer is", () => {
  expect(driftTail([0, 60], [5000, 0])).toBeLessThan(-200);
  expect(driftTail([0, 60], [0, 5000])).toBe(0);
  expect(driftTail([60, 0], [5000, 0])).toBe(0);
});

it("has nothing to say without outputs, and refuses other bins", () => {
  expect(driftTail([0, 0], [10, 10])).toBeNull();
  expect(driftTail([1, 0], [0, 0])).toBeNull();
  expect(() => driftTail([1], [1, 2])).toThrow(RangeError);
});

it("raises no alarm on rare values, where the plain statistic does", () => {
  const random = seededRandom(44);
  const shares = [
    0.6, 0.3, 0.09, 0.005, 0.002, 0.001, 0.0005, 0.0005, 0.0003, 0.0003, 0.0002, 0.0001, 0.0001,
  ];
  const logThreshold = Math.log((20 * 365) / 2);
  const alarms = { exact: 0, plain: 0 };
  for (let feature = 0; feature < 20; feature += 1) {
    const baseline = binnedSample(shares, 2000, random);
    const sums = { exact: -Infinity, plain: -Infinity };
    const alarmed = { exact: false, plain: false };
    for (let window = 0; window < 180; window += 1) {
      const production = binnedSample(shares, 60, random);
      const tails = {
        exact: driftTail(production, baseline) ?? 0,
        plain: driftStatistic(production, baseline)?.logTail ?? 0,
      };
      for (const way of ["exact", "plain"] as const) {
        sums[way] = addEvidence(sums[way], evidenceFromTail(tails[way]));
        if (sums[way] >= logThreshold) alarmed[way] = true;
      }
    }
    for (const way of ["exact", "plain"] as const) alarms[way] += Number(alarmed[way]);
  }
  expect(alarms.exact).toBe(0);
  expect(alarms.plain).toBeGreaterThanOrEqual(5);
});
