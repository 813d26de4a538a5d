import { expect, test } from "vitest";
import { resultSentences } from "./result-sentences";
import type { BacktestResult, BacktestSegment, BudgetResult, NoLoss, SegmentAlarms } from "./schema";

const spread = <Value>(value: Value) => ({ p10: value, p50: value, p90: value });

function segment(value: string, outputs: number, accuracy: number, pilot = 0.9): BacktestSegment {
  const attribute = value === "" ? "" : "maker";
  const rest = { boundary: pilot - 0.02, own_boundary: false, week_outputs: [], week_accuracy: [] };
  return { attribute, value, outputs, accuracy, pilot: { n: 500, accuracy: pilot }, ...rest };
}

function alarms(alarmed: number): SegmentAlarms {
  const none = { week: null, day: null, likely_start: null, reviews: null, reviews_since_start: null };
  const some = {
    week: spread("2026-06-08"),
    day: spread("2026-06-10"),
    likely_start: spread("2026-05-12"),
    reviews: spread(64),
    reviews_since_start: spread(30),
  };
  return {
    alarmed,
    ...(alarmed > 0 ? some : none),
    all_reviews: alarmed > 0 ? spread(1_800) : null,
    week_alarms: [],
    false_draws: 0,
  };
}

const noLoss: NoLoss = {
  clusters_declared: true,
  draws_with_any: 3,
  alarms: 4,
  per_year: { mean: 0.025, low: 0.004, high: 0.084 },
  right: 0,
};

function result(segments: BacktestSegment[]): BacktestResult {
  return {
    history: {
      outputs: 20_000,
      pilot_outputs: 2_000,
      unknown: 0,
      clusters: 0,
      first_day: "2026-01-05",
      last_day: "2026-11-15",
      years: 0.8,
    },
    draws: 200,
    weeks: [],
    segments,
    left_out: 0,
    budgets: [],
    seconds: 12,
  };
}

function budget(counts: number[], otherwise: NoLoss | null = null): BudgetResult {
  return {
    reviews_per_week: 100,
    threshold: 41_600,
    reviewed: 4_000,
    bound_per_year: 0.49,
    segments: counts.map(alarms),
    no_loss: noLoss,
    no_loss_otherwise: otherwise,
  };
}

test("names all outputs and the segment whose loss is clearest", () => {
  const segments = [
    segment("", 18_000, 0.8),
    segment("vehicle", 17_000, 0.8),
    segment("Honda", 869, 0.64, 0.96),
    segment("Tiny", 60, 0.4, 0.9),
    segment("Ford", 1_600, 0.89),
  ];
  const said = resultSentences(result(segments), budget([200, 200, 199, 150, 2]));
  expect(said.clearest).toBe(2);
  expect(said.findings).toEqual([
    "The loss in all outputs together (80.0 % right) would have been noticed in all of 200 draws, half of these by the week of 8 Jun 2026, after about 64 reviews of it and 1,800 in all; it would have been dated to about 12 May 2026.",
    "The loss in maker Honda (64.0 % right) would have been noticed in 99.5 % of 200 draws, half of these by the week of 8 Jun 2026, after about 64 reviews of it and 1,800 in all; it would have been dated to about 12 May 2026.",
  ]);
  expect(said.noLoss).toContain("3 of 200 draws raised a false alarm: 0.03 a year");
  expect(said.noLoss).toContain("between 0.00 and 0.08");
  expect(said.noLossOtherwise).toBeNull();
});

test("says plainly when nothing would have been noticed", () => {
  const said = resultSentences(result([segment("", 900, 0.9), segment("Ford", 100, 0.9)]), budget([0, 1]));
  expect(said.clearest).toBe(0);
  expect(said.findings).toEqual([
    "A loss in all outputs together (90.0 % right) would have been noticed in none of 200 draws.",
  ]);
  const rare = resultSentences(result([segment("", 900, 0.9)]), budget([3]));
  expect(rare.findings).toEqual([
    "A loss in all outputs together (90.0 % right) would have been noticed in only 3 of 200 draws.",
  ]);
});

test("says what happens when clusters are not declared", () => {
  const otherwise = { ...noLoss, clusters_declared: false, draws_with_any: 170 };
  const { noLossOtherwise } = resultSentences(result([segment("", 900, 0.9)]), budget([0], otherwise));
  expect(noLossOtherwise).toContain("when it is not told which outputs belong together) 170 of 200 draws");
});
