import { expect, test } from "vitest";
import { choosePeriod } from "./choose-period";

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
