import { describe, expect, test } from "vitest";
import { type LabelledOutput, makeHistory } from "./history";
import { replaySettings } from "./replay-settings";
import { prepareHistory, runDraw } from "./run-draw";
import type { BacktestSettings } from "./schema";
import { summariseDraws } from "./summarise-draws";
import { syntheticOutputs } from "./testing/synthetic-outputs";
import { syntheticSettings } from "./testing/synthetic-settings";

const stream = { pilotDays: 28, productionDays: 140, perDay: 100, seed: 3 };
const DROP_DAY = 56;

function backtest(outputs: readonly LabelledOutput[], changes: Partial<BacktestSettings> = {}) {
  const settings = syntheticSettings(changes);
  const replay = replaySettings(settings);
  const prepared = prepareHistory(makeHistory(outputs), settings.attributes);
  const outcomes = Array.from({ length: settings.draws }, (_, at) => runDraw(prepared, replay, at + 1));
  return summariseDraws(prepared, replay, { outcomes, seconds: 1 });
}

function alarmsOf({ segments, budgets }: ReturnType<typeof backtest>, value: string) {
  const at = segments.findIndex((segment) => segment.value === value);
  return budgets[0]?.segments[at];
}

describe("a loss of twenty points in one region", () => {
  const result = backtest(
    syntheticOutputs({
      ...stream,
      accuracy: (day, region) => (region === "south" && day >= DROP_DAY ? 0.7 : 0.95),
    }),
  );

  test("is found there in every draw, soon after it began, and dated right", () => {
    const south = alarmsOf(result, "south");
    expect(south?.alarmed).toBe(20);
    const begin = Date.parse("2026-02-02") + DROP_DAY * 86_400_000;
    const dayOf = (day: string | undefined) => Date.parse(day ?? "") - begin;
    expect(dayOf(south?.day?.p10)).toBeGreaterThanOrEqual(0);
    expect(dayOf(south?.day?.p90)).toBeLessThan(35 * 86_400_000);
    expect(Math.abs(dayOf(south?.likely_start?.p50))).toBeLessThan(10 * 86_400_000);
    // A fifth of 140 reviews a week is of this region: half of the draws need no more than 60 of them after the loss.
    expect(south?.reviews_since_start?.p50).toBeLessThan(60);
    expect(south?.week_alarms.reduce((sum, alarms) => sum + alarms, 0)).toBe(20);
  });

  test("is found elsewhere in one draw of twenty at most", () => {
    for (const value of ["north", "east"]) expect(alarmsOf(result, value)?.alarmed).toBeLessThanOrEqual(1);
  });

  test("and the same outputs with their time shuffled raise no more false alarms than were accepted", () => {
    const { no_loss, bound_per_year } = result.budgets[0] ?? { bound_per_year: 0 };
    expect(no_loss?.per_year.low).toBeLessThanOrEqual(0.5);
    expect(no_loss?.draws_with_any).toBeLessThanOrEqual(1);
    expect(bound_per_year).toBeLessThanOrEqual(0.5);
  });

  test("describes the history", () => {
    expect(result.history).toMatchObject({ outputs: 16_800, pilot_outputs: 2_800, unknown: 0, clusters: 0 });
    expect(result.weeks).toHaveLength(20);
    expect(result.segments.map(({ value }) => value)).toEqual(["", "east", "north", "south"]);
    const [whole, , , south] = result.segments;
    expect(whole?.boundary).toBeGreaterThan(0.9);
    expect(south?.own_boundary).toBe(true);
    expect(south?.week_accuracy.at(-1)).toBeLessThan(0.85);
    expect(result.budgets[0]?.reviewed).toBeGreaterThan(2_500);
  });
});

describe("a stream in which nothing changes", () => {
  const outputs = syntheticOutputs({ ...stream, accuracy: () => 0.9 });

  test("alarms no oftener than was accepted", () => {
    const result = backtest(outputs);
    const [budget] = result.budgets;
    expect(budget?.segments.map(({ alarmed }) => alarmed)).toEqual([0, 0, 0, 0]);
    expect(budget?.no_loss.per_year.mean).toBeLessThanOrEqual(0.5);
    expect(budget?.no_loss.draws_with_any).toBeLessThanOrEqual(2);
  });

  test("would raise them at a threshold of chance alone: the count of false alarms is no blank", () => {
    // So many accepted alarms lower the threshold to an evidence of 28.
    const result = backtest(outputs, { accepted_per_year: 520 });
    const { no_loss, bound_per_year } = result.budgets[0] ?? { bound_per_year: 0 };
    expect(no_loss?.draws_with_any).toBeGreaterThan(5);
    expect(no_loss?.per_year.high).toBeLessThan(bound_per_year);
  });
});

test("clusters that are not declared raise false alarms, declared ones do not", () => {
  const outputs = syntheticOutputs({ ...stream, accuracy: () => 0.85, clusterSize: 10 });
  const { budgets } = backtest(outputs, { budgets: [350] });
  const [budget] = budgets;
  expect(budget?.no_loss).toMatchObject({ clusters_declared: true, draws_with_any: 0 });
  expect(budget?.no_loss_otherwise?.clusters_declared).toBe(false);
  expect(budget?.no_loss_otherwise?.draws_with_any).toBeGreaterThan(5);
});

test("a draw depends on its seed and number alone", () => {
  const settings = syntheticSettings({ budgets: [70, 140] });
  const history = makeHistory(syntheticOutputs({ ...stream, productionDays: 42, accuracy: () => 0.8 }));
  const prepared = prepareHistory(history, settings.attributes);
  const first = runDraw(prepared, replaySettings(settings), 7);
  expect(runDraw(prepared, replaySettings(settings), 7)).toEqual(first);
  expect(runDraw(prepared, replaySettings({ ...settings, seed: "2" }), 7)).not.toEqual(first);
  expect(runDraw(prepared, replaySettings(settings), 8)).not.toEqual(first);
  expect(first.budgets.map(({ reviewsPerWeek }) => reviewsPerWeek)).toEqual([70, 140]);
  const [few, many] = first.budgets.map(({ fed }) => fed);
  expect((many ?? 0) / (few ?? 1)).toBeCloseTo(2, 0);
});

test("without a pilot nothing is watched, unless an accuracy was promised", () => {
  const outputs = syntheticOutputs({ ...stream, pilotDays: 0, accuracy: () => 0.6 });
  expect(backtest(outputs).budgets[0]?.segments[0]?.alarmed).toBe(0);
  expect(backtest(outputs, { floor: 0.9 }).budgets[0]?.segments[0]?.alarmed).toBe(20);
});
