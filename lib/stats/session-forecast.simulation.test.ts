import { expect, test } from "vitest";
import { normalQuantile } from "./normal-quantile";
import { sessionForecast } from "./session-forecast";
import { seededRandom } from "./testing/seeded-random";

type Draw = (random: () => number) => number;

const RUNS = 400;
const logNormal =
  (spread: number): Draw =>
  (random) =>
    30 * Math.exp(spread * normalQuantile(random()));
/** Not of the assumed kind: most items are quick, some take six times as long. */
const twoKinds: Draw = (random) => (random() < 0.3 ? 90 : 15) * (0.7 + 0.6 * random());

function coverage(draw: Draw, n: number, items: number): number {
  const random = seededRandom(7);
  let within = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const times = Array.from({ length: n }, () => draw(random));
    const { low, high } = sessionForecast(times, items, 0.8);
    let session = 0;
    for (let item = 0; item < items; item += 1) session += draw(random);
    if (session >= low && session <= high) within += 1;
  }
  return within / RUNS;
}

// Standard error of a share over 400 runs: 2 points.
test.each([
  [0.3, 5, 38],
  [0.8, 5, 5],
  [0.8, 50, 38],
  [1.2, 15, 38],
])("four of five sessions end within the interval: spread %d, %d times, %d items", (spread, n, items) => {
  expect(coverage(logNormal(spread), n, items)).toBeGreaterThan(0.74);
  expect(coverage(logNormal(spread), n, items)).toBeLessThan(0.92);
});

test("with two kinds of items it is somewhat too narrow, and how much is known", () => {
  expect(coverage(twoKinds, 5, 38)).toBeGreaterThan(0.7);
  expect(coverage(twoKinds, 50, 38)).toBeGreaterThan(0.75);
});

test("which would be seen to fail with an interval half as wide", () => {
  const random = seededRandom(8);
  const draw = logNormal(0.8);
  let within = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const { low, high } = sessionForecast(
      Array.from({ length: 15 }, () => draw(random)),
      38,
      0.45,
    );
    const session = Array.from({ length: 38 }, () => draw(random)).reduce((sum, each) => sum + each, 0);
    if (session >= low && session <= high) within += 1;
  }
  expect(within / RUNS).toBeLessThan(0.74);
});
