import { expect, test } from "vitest";
import { completionDay } from "./completion-day";
import { seededRandom } from "./seeded-random";

test("even work is done when the sum says so, give or take a little", () => {
  const steady = Array.from({ length: 28 }, () => 10);
  const found = completionDay(50, steady);
  expect(found?.middle).toBe(5);
  expect(found?.early).toBeLessThanOrEqual(5);
  expect(found?.late).toBeGreaterThanOrEqual(5);
  expect(completionDay(0, steady)).toMatchObject({ middle: 1, early: 1 });
});

test("weekends are known after two weeks: nothing is done on them", () => {
  // The last of them is a Sunday.
  const weeks = Array.from({ length: 4 }, () => [20, 20, 20, 20, 20, 0, 0]).flat();
  expect(completionDay(100, weeks)?.middle).toBe(5);
  expect(completionDay(110, weeks)?.middle).toBe(8);
});

test("nothing is said about what nobody works at, and no day about what takes too long", () => {
  expect(completionDay(10, [])).toBeNull();
  expect(completionDay(10, [0, 0, 0, 0])).toBeNull();
  expect(completionDay(10, [0, 4, 0, 3])).toBeNull();
  expect(completionDay(10_000, [1, 1, 1, 1, 1])).toMatchObject({ middle: null, late: null });
  expect(() => completionDay(-1, [1])).toThrow(RangeError);
});

test("days before anybody began do not make the pace slower", () => {
  expect(completionDay(30, [0, 0, 0, 0, 0, 0, 10, 10, 10, 10])?.middle).toBe(3);
});

test("four times in five it is done within the interval", () => {
  const random = seededRandom(20_261_130);
  // Busy and slow days, holidays, weekends: people, not a Poisson process.
  const dayOf = (weekday: number) =>
    weekday > 4 || random() < 0.1 ? 0 : Math.round(18 * (0.4 + 1.2 * random()) * (weekday === 0 ? 0.6 : 1));
  let inside = 0;
  let wide = 0;
  const runs = 2_000;
  for (let run = 0; run < runs; run += 1) {
    const daily = Array.from({ length: 28 }, (_, day) => dayOf(day % 7));
    const work = 40 + Math.floor(random() * 160);
    const found = completionDay(work, daily);
    let [done, day] = [0, 0];
    for (; done < work; day += 1) done += dayOf(day % 7);
    if (found && day >= (found.early ?? 0) && day <= (found.late ?? Infinity)) inside += 1;
    wide += (found?.late ?? 120) - (found?.early ?? 0);
  }
  process.stdout.write(
    `completion day: inside ${inside} of ${runs}, ${(wide / runs).toFixed(1)} days wide\n`,
  );
  expect(inside / runs).toBeGreaterThan(0.78);
  expect(inside / runs).toBeLessThan(0.97);
});
