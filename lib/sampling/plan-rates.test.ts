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
