import { expect, test } from "vitest";
import { epochBudget, planRates, type RatedStratum } from "./plan-rates";

const plan = {
  reviewsPerWeek: 110,
  floorPerEpoch: 5,
  flaggedFactor: 3,
  rateRatioCap: 10,
  doubleReviewShare: 0.1,
  expectedPerDay: 1000,
};
const stratum = (id: string, volume: number, more: Partial<RatedStratum> = {}): RatedStratum => ({
  id,
  volume,
  flagged: false,
  pastError: 0.1,
  ...more,
});

test("the week's reviews, second looks included, are spread over the days as the traffic is", () => {
  const day = (epoch: number, week: number) => epochBudget(plan, { epoch, week, lengthDays: 1 });
  expect(day(1000, 7000)).toBeCloseTo(100 / 7, 10);
  expect(day(1000, 5000)).toBeCloseTo(20, 10);
  expect(day(10, 7000)).toBeCloseTo(100 / 7, 10);
  expect(day(50_000, 7000)).toBeCloseTo(300 / 7, 10);
  expect(epochBudget(plan, { epoch: 500, week: 7000, lengthDays: 0.5 })).toBeCloseTo(100 / 14, 10);
});

test("targets add up to the budget and 30 % more are drawn", () => {
  const rates = planRates(plan, 20, [stratum("a", 300), stratum("b", 900)]);
  const targets = [...rates.values()].reduce((sum, { target }) => sum + target, 0);
  expect(targets).toBeCloseTo(20, 6);
  expect(rates.get("a")?.rate).toBeCloseTo((1.3 * (rates.get("a")?.target ?? 0)) / 300, 10);
});

test("flagged outputs are drawn as many times as often as the plan says", () => {
  const rates = planRates({ ...plan, floorPerEpoch: 0 }, 20, [
    stratum("a", 900),
    stratum("f", 100, { flagged: true }),
  ]);
  expect((rates.get("f")?.rate ?? 0) / (rates.get("a")?.rate ?? 1)).toBeCloseTo(3, 6);
});

test("no two rates are further apart than the plan allows", () => {
  const strata = [
    stratum("big", 100_000, { pastError: 0.01 }),
    stratum("small", 20, { pastError: 0.5, flagged: true }),
  ];
  for (const rateRatioCap of [2, 10]) {
    const rates = [...planRates({ ...plan, rateRatioCap }, 20, strata).values()].map(({ rate }) => rate);
    expect(Math.max(...rates) / Math.min(...rates)).toBeLessThanOrEqual(rateRatioCap * (1 + 1e-9));
  }
});

test("many small strata leave half of the budget to the large one", () => {
  const small = Array.from({ length: 20 }, (_, at) => stratum(`s${at}`, 30));
  const rates = planRates({ ...plan, rateRatioCap: 100 }, 20, [stratum("large", 10_000), ...small]);
  expect(rates.get("large")?.target).toBeGreaterThan(9);
});

test("without traffic there is nothing to plan", () => {
  expect(planRates(plan, 20, []).size).toBe(0);
  expect(planRates(plan, 20, [stratum("a", 0)]).size).toBe(0);
});

const sumOf = (rates: ReturnType<typeof planRates>, ids: readonly string[]) =>
  ids.reduce((sum, id) => sum + (rates.get(id)?.target ?? 0), 0);

test("needs come first, the rest is divided as ever", () => {
  const strata = [
    stratum("large", 10_000, { value: "large" }),
    stratum("small", 200, { value: "small" }),
    stratum("small flagged", 20, { value: "small", flagged: true }),
  ];
  const needs = [{ value: "small", reviewsPerWeek: 35 }];
  const without = planRates({ ...plan, rateRatioCap: 100 }, 20, strata);
  const rates = planRates({ ...plan, rateRatioCap: 100, needs }, 20, strata);
  // A day's budget is a fifth of the week's here, and so is the need.
  expect(sumOf(rates, ["small", "small flagged"])).toBeCloseTo(7, 6);
  expect(sumOf(rates, ["large", "small", "small flagged"])).toBeCloseTo(20, 6);
  const ratio = (rates.get("small flagged")?.rate ?? 0) / (rates.get("small")?.rate ?? 1);
  expect(ratio).toBeCloseTo(3, 6);
  expect(sumOf(without, ["small", "small flagged"])).not.toBeCloseTo(7, 1);
});

test("needs beyond the budget get an equal fraction each, and no more than there are outputs", () => {
  const strata = ["a", "b", "c"].map((value, at) => stratum(value, [1000, 1000, 3][at] ?? 0, { value }));
  const needs = [
    { value: "a", reviewsPerWeek: 100 },
    { value: "b", reviewsPerWeek: 200 },
    { value: "c", reviewsPerWeek: 300 },
  ];
  const rates = planRates({ ...plan, rateRatioCap: 100, needs }, 20, strata);
  expect((rates.get("b")?.target ?? 0) / (rates.get("a")?.target ?? 1)).toBeCloseTo(2, 6);
  expect(rates.get("c")?.target).toBeLessThanOrEqual(3);
  expect(sumOf(rates, ["a", "b", "c"])).toBeCloseTo(20, 6);
});

test("values without a need keep their floors, out of what the needs leave", () => {
  const strata = ["a", "b", "c"].map((value, at) => stratum(value, [5000, 200, 200][at] ?? 0, { value }));
  const needs = [{ value: "a", reviewsPerWeek: 70 }];
  const rates = planRates({ ...plan, rateRatioCap: 100, needs }, 20, strata);
  // 14 of the 20 are needed; half of the other 6 goes to two floors of 5.
  expect(rates.get("b")?.target).toBeCloseTo(1.5, 6);
  expect(rates.get("a")?.target).toBeGreaterThan(14);
});
