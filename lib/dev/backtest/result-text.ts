import { resultSentences } from "@/lib/backtest/result-sentences";
import type { BacktestResult, BacktestSegment, BudgetResult, SegmentAlarms } from "@/lib/backtest/schema";
import { formatCount, formatDay, formatPercent } from "@/lib/core/format";
import { segmentSentence } from "@/lib/incident/segment-part";

const MOST_ROWS = 40;
const NONE = "–";

/** A result for a terminal, in plain words. */
export function resultText(result: BacktestResult, acceptedPerYear: number): string {
  const { history, draws, weeks, seconds } = result;
  const lines = [
    `${formatCount(history.outputs)} labelled outputs, ${formatCount(history.pilot_outputs)} of them in the pilot, from ` +
      `${formatDay(history.first_day)} to ${formatDay(history.last_day)} (${weeks.length} weeks of production), replayed ${draws} times ` +
      `in ${seconds.toFixed(1)} s.`,
  ];
  for (const budget of result.budgets) lines.push("", ...budgetLines(result, budget, acceptedPerYear));
  return lines.join("\n");
}

function budgetLines(result: BacktestResult, budget: BudgetResult, acceptedPerYear: number): string[] {
  const { findings, noLoss, noLossOtherwise } = resultSentences(result, budget);
  const rows = result.segments
    .flatMap((segment, at) => {
      const alarms = budget.segments[at];
      return alarms ? [{ segment, alarms }] : [];
    })
    .sort((a, b) => b.alarms.alarmed - a.alarms.alarmed)
    .slice(0, MOST_ROWS);
  return [
    `With ${formatCount(budget.reviews_per_week)} reviews a week (${formatCount(budget.reviewed)} reviewed outputs in a draw):`,
    ...findings,
    noLoss,
    ...(noLossOtherwise ? [noLossOtherwise] : []),
    `Accepted: ${acceptedPerYear} a year; at these numbers of reviews the threshold allows ${budget.bound_per_year.toFixed(2)}.`,
    "",
    ...table(rows.map(({ segment, alarms }) => row(segment, alarms, result.draws))),
  ];
}

const HEAD = [
  "segment",
  "pilot",
  "since",
  "at least",
  "noticed",
  "week: 10 % of draws",
  "half",
  "90 %",
  "likely start",
  "reviews of it",
  "in all",
  "false",
];

function row(segment: BacktestSegment, alarms: SegmentAlarms, draws: number): string[] {
  const share = (value: number | null | undefined) => (value == null ? NONE : formatPercent(value));
  const day = (value: string | undefined) => (value === undefined ? NONE : formatDay(value, { year: false }));
  const count = (value: number | undefined) => (value === undefined ? NONE : formatCount(value));
  return [
    segmentSentence(segment),
    share(segment.pilot?.accuracy),
    share(segment.accuracy),
    share(segment.boundary),
    share(alarms.alarmed / draws),
    day(alarms.week?.p10),
    day(alarms.week?.p50),
    day(alarms.week?.p90),
    day(alarms.likely_start?.p50),
    count(alarms.reviews?.p50),
    count(alarms.all_reviews?.p50),
    String(alarms.false_draws),
  ];
}

function table(rows: readonly string[][]): string[] {
  const all = [HEAD, ...rows];
  const widths = HEAD.map((_, column) => Math.max(...all.map((cells) => cells[column]?.length ?? 0)));
  return all.map((cells) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
}
