import { expect, test } from "vitest";
import { eventRate } from "./event-rate";
import { seededRandom } from "./seeded-random";

test("single events give the exact Poisson limits", () => {
  // Garwood's limits for 0, 1, 10 and 100 events as R's poisson.test prints them.
  const known: [number, number, number][] = [
    [0, 0, 3.688879],
    [1, 0.02531781, 5.571643],
    [10, 4.795389, 18.39036],
    [100, 81.36397, 121.6269],
  ];
  for (const [events, low, high] of known) {
    const rate = eventRate([...Array.from({ length: events }, () => 1), 0], 1);
    expect(rate.mean).toBe(events);
    expect(Math.abs(rate.low - low)).toBeLessThan(1e-6 * (1 + low));
    expect(Math.abs(rate.high - high)).toBeLessThan(1e-6 * (1 + high));
  }
});

test("the exposure only changes the unit, and clumps widen the interval", () => {
  const year = eventRate([1, 0, 2], 1);
  const decade = eventRate([1, 0, 2], 10);
  for (const key of ["mean", "low", "high"] as const) expect(decade[key]).toBeCloseTo(year[key] / 10, 12);
  const single = eventRate([1, 1, 1, 1, 1, 1], 1);
  const clumped = eventRate([3, 3, 0, 0, 0, 0], 1);
  expect(clumped.low).toBeLessThan(single.low);
  expect(clumped.high).toBeGreaterThan(single.high);
});

test("holds the rate of events that come two at a time in at least 95 % of simulations", () => {
  const random = seededRandom(5);
  let held = 0;
  const simulations = 400;
  for (let at = 0; at < simulations; at += 1) {
    // A tenth of 100 runs has a clump; half of the clumps are two events.
    const counts = Array.from({ length: 100 }, () => (random() < 0.1 ? (random() < 0.5 ? 1 : 2) : 0));
    const { low, high } = eventRate(counts, 100);
    if (low <= 0.15 && 0.15 <= high) held += 1;
  }
  expect(held / simulations).toBeGreaterThanOrEqual(0.95);
});

test("refuses what is no run", () => {
  expect(() => eventRate([], 1)).toThrow(RangeError);
  expect(() => eventRate([-1], 1)).toThrow(RangeError);
  expect(() => eventRate([1], 0)).toThrow(RangeError);
});
