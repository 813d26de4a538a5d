import { expect, it } from "vitest";
import { addEvidence } from "./add-evidence";
import { driftStatistic } from "./drift-statistic";
import { evidenceFromTail } from "./evidence-from-tail";
import { binnedSample } from "./testing/binned-sample";
import { seededRandom } from "./testing/seeded-random";

const features = 20;
const windows = 180;
const logThreshold = Math.log((features * 365) / 2);
const even = Array.from({ length: 10 }, () => 0.1);
/** Ten bins whose shares fall or rise from 0.1 by one step each. */
const tilted = (step: number) => even.map((share, bin) => share + step * (bin - 4.5));
const trueIndex = (shares: readonly number[]) =>
  shares.reduce((sum, share) => sum + (share - 0.1) * Math.log(share / 0.1), 0);

/** The window in which the alarm comes, or null. */
function firstAlarm(shares: readonly number[], random: () => number, tolerance?: number): number | null {
  const baseline = binnedSample(even, 1000, random);
  let evidence = -Infinity;
  for (let window = 1; window <= windows; window += 1) {
    const drift = driftStatistic(binnedSample(shares, 100, random), baseline, tolerance);
    if (drift) evidence = addEvidence(evidence, evidenceFromTail(drift.logTail));
    if (evidence >= logThreshold) return window;
  }
  return null;
}

it("gives no false alarm on 60 features in 180 windows, even at the tolerated drift", () => {
  const random = seededRandom(41);
  const edge = tilted(0.0077);
  expect(trueIndex(edge)).toBeGreaterThan(0.048);
  expect(trueIndex(edge)).toBeLessThan(0.0505);
  let alarms = 0;
  for (let feature = 0; feature < 60; feature += 1) {
    if (firstAlarm(feature % 2 === 0 ? even : edge, random) !== null) alarms += 1;
  }
  // Budget: 0.5 alarms of 20 features in half a year, so 1.5 of 60.
  expect(alarms).toBeLessThanOrEqual(1);
});

it("finds a PSI of 0.25 in 3 to 9 windows of 100 records", () => {
  const random = seededRandom(42);
  const drifted = tilted(0.016);
  expect(trueIndex(drifted)).toBeGreaterThan(0.24);
  expect(trueIndex(drifted)).toBeLessThan(0.26);
  const delays = Array.from({ length: 60 }, () => firstAlarm(drifted, random) ?? Infinity).toSorted(
    (a, b) => a - b,
  );
  expect(delays[30]).toBeGreaterThanOrEqual(3);
  expect(delays[30]).toBeLessThanOrEqual(9);
});

it("has tails that are uniform without drift and tolerance, and rarer than that at the tolerance", () => {
  const random = seededRandom(43);
  const runs = 3000;
  const share = (shares: readonly number[], tolerance: number) => {
    let small = 0;
    for (let run = 0; run < runs; run += 1) {
      const drift = driftStatistic(
        binnedSample(shares, 200, random),
        binnedSample(even, 2000, random),
        tolerance,
      );
      if (drift && drift.logTail <= Math.log(0.05)) small += 1;
    }
    return small / runs;
  };
  const slack = 3 * Math.sqrt((0.05 * 0.95) / runs);
  expect(Math.abs(share(even, 0) - 0.05)).toBeLessThan(slack);
  expect(share(tilted(0.0077), 0.05)).toBeLessThan(0.05 + slack);
  // A planted fault: the tolerance forgotten.
  expect(share(tilted(0.0077), 0)).toBeGreaterThan(0.3);
});
