import fc from "fast-check";
import { expect, test } from "vitest";
import { choosePeriod, fittingRange, MOST_POINTS } from "./choose-period";
import { addDays, periodEnd, periodStart } from "./period";
import { PERIODS } from "./schema";

const quarter = { from: "2026-04-01", to: "2026-06-30" };

test.each([
  [5000, "day", null],
  // 21 a day on average: half of the days would be under 20.
  [1900, "week", "day"],
  [400, "week", "day"],
  [60, "week", "day"],
] as const)("%d reviews in a quarter are shown by %s", (reviews, period, tooFine) => {
  expect(choosePeriod("auto", quarter, reviews)).toEqual({ period, asked: "auto", too_fine: tooFine });
});

test("few reviews over a year are shown by month, many days never by day", () => {
  const year = { from: "2026-01-01", to: "2026-12-31" };
  expect(choosePeriod("auto", year, 500)).toMatchObject({ period: "month", too_fine: "week" });
  expect(choosePeriod("auto", year, 50_000)).toMatchObject({ period: "week", too_fine: null });
});

test("what is asked for is shown as long as it makes no more than 400 points", () => {
  expect(choosePeriod("day", quarter, 0).period).toBe("day");
  expect(choosePeriod("day", { from: "2020-01-01", to: "2026-01-01" }, 0).period).toBe("week");
  expect(choosePeriod("week", { from: "1990-01-01", to: "2026-01-01" }, 0).period).toBe("month");
});

/** Periods from the one with the first day to the one with the last. */
function pointsOf({ from, to }: { from: string; to: string }, period: (typeof PERIODS)[number]): number {
  let points = 0;
  for (let start = periodStart(from, period); start <= to; start = addDays(periodEnd(start, period), 1))
    points += 1;
  return points;
}

test("no chart gets more than 400 points, however long the range and whatever is asked for", () => {
  const century = { from: "1926-01-01", to: "2026-01-01" };
  // The planted fault: what the choice of the period alone would give.
  expect(pointsOf(century, choosePeriod("day", century, 0).period)).toBeGreaterThan(MOST_POINTS);
  let looked = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 60_000 }),
      fc.integer({ min: 0, max: 45_000 }),
      fc.constantFrom("auto" as const, ...PERIODS),
      fc.nat(100_000),
      (first, length, asked, reviews) => {
        const from = addDays("1930-01-01", first);
        const range = { from, to: addDays(from, length) };
        const { period } = choosePeriod(asked, range, reviews);
        const shown = fittingRange(range, period);
        expect(shown.to).toBe(range.to);
        expect(shown.from >= range.from).toBe(true);
        expect(pointsOf(shown, period)).toBeLessThanOrEqual(MOST_POINTS);
        looked += 1;
      },
    ),
    { seed: 6, numRuns: 300 },
  );
  expect(looked).toBe(300);
  expect(fittingRange({ from: "2026-01-01", to: "2026-03-31" }, "day").from).toBe("2026-01-01");
});
