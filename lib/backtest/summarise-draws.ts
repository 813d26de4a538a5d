import { expectedFalseAlarms } from "@/lib/stats/alarm-threshold";
import { eventRate } from "@/lib/stats/event-rate";
import { dayText } from "./calendar";
import { type DescribedHistory, describeHistory } from "./describe-history";
import {
  type BudgetOutcome,
  type DrawOutcome,
  type PreparedHistory,
  type ReplaySettings,
  replayThreshold,
  type ShuffledAlarms,
} from "./run-draw";
import type { BacktestResult, BudgetResult, NoLoss, SegmentAlarms } from "./schema";
import type { SegmentAlarm } from "./watch-stream";

/** The result of a backtest from its draws, in whatever order they were made. */
export function summariseDraws(
  prepared: PreparedHistory,
  settings: ReplaySettings,
  { outcomes, seconds }: { outcomes: readonly DrawOutcome[]; seconds: number },
): BacktestResult {
  const { numbers, ...described } = describeHistory(prepared, settings);
  const budgets = settings.budgets.map((reviewsPerWeek, at) => {
    const own = outcomes.flatMap((outcome) => outcome.budgets[at] ?? []);
    return budgetResult({ ...described, numbers }, settings, { reviewsPerWeek, outcomes: own });
  });
  return { ...described, draws: outcomes.length, budgets, seconds };
}

function budgetResult(
  described: DescribedHistory,
  settings: ReplaySettings,
  { reviewsPerWeek, outcomes }: { reviewsPerWeek: number; outcomes: readonly BudgetOutcome[] },
): BudgetResult {
  const { years } = described.history;
  const threshold = replayThreshold(settings, reviewsPerWeek);
  const reviewed = outcomes.reduce((sum, { fed }) => sum + fed, 0) / outcomes.length;
  const otherwise = outcomes.flatMap(({ shuffledOtherwise }) => shuffledOtherwise ?? []);
  const { declareClusters, attributes } = settings;
  const observationsPerYear = Math.max(1, reviewed) / years;
  return {
    reviews_per_week: reviewsPerWeek,
    threshold,
    reviewed,
    bound_per_year: expectedFalseAlarms({
      threshold,
      attributes: 1 + attributes.length,
      observationsPerYear,
    }),
    segments: described.numbers.map((segment) => segmentAlarms(described.weeks, segment, outcomes)),
    no_loss: noLoss(
      outcomes.map(({ shuffled }) => shuffled),
      years,
      declareClusters,
    ),
    no_loss_otherwise: otherwise.length > 0 ? noLoss(otherwise, years, !declareClusters) : null,
  };
}

function segmentAlarms(
  weeks: readonly string[],
  segment: number,
  outcomes: readonly BudgetOutcome[],
): SegmentAlarms {
  const alarms = outcomes.flatMap((outcome) => outcome.alarms.filter((alarm) => alarm.segment === segment));
  const inWeek = new Map<string, number>();
  for (const { week } of alarms) inWeek.set(dayText(week), (inWeek.get(dayText(week)) ?? 0) + 1);
  const days = (of: (alarm: SegmentAlarm) => number) => spread(alarms.map(of), dayText);
  const counts = (of: (alarm: SegmentAlarm) => number) => spread(alarms.map(of), (value) => value);
  return {
    alarmed: alarms.length,
    week: days(({ week }) => week),
    day: days(({ day }) => day),
    likely_start: days(({ changeDay }) => changeDay),
    reviews: counts(({ reviewsOfSegment }) => reviewsOfSegment),
    reviews_since_start: counts(({ reviewsSinceChange }) => reviewsSinceChange),
    all_reviews: counts(({ looks }) => looks),
    week_alarms: weeks.map((week) => inWeek.get(week) ?? 0),
    false_draws: outcomes.filter(({ shuffled }) => shuffled.false.some(([number]) => number === segment))
      .length,
  };
}

/** What a tenth, half and nine tenths of some values do not exceed. */
function spread<Shown>(values: number[], shown: (value: number) => Shown) {
  if (values.length === 0) return null;
  const sorted = values.sort((a, b) => a - b);
  const at = (part: number) => shown(sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0);
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}

function noLoss(draws: readonly ShuffledAlarms[], years: number, clustersDeclared: boolean): NoLoss {
  const counts = draws.map((each) => each.false.reduce((sum, [, alarms]) => sum + alarms, 0));
  return {
    clusters_declared: clustersDeclared,
    draws_with_any: counts.filter((alarms) => alarms > 0).length,
    alarms: counts.reduce((sum, alarms) => sum + alarms, 0),
    per_year: eventRate(counts, years * draws.length),
    right: draws.reduce((sum, { right }) => sum + right, 0),
  };
}
