import type { BacktestResult, BacktestSegment } from "@/lib/backtest/schema";
import { formatDecimal } from "@/lib/core/format";

import { dayNumber } from "./calendar-day";

/** One week of production in a backtest. */
export interface AlarmWeek {
  week: string;
  /** Labelled outputs, and the share of them that was right. */
  outputs: number;
  accuracy: number | null;
  /** Draws that noticed the loss first in this week. */
  alarms: number;
}

/** A few outputs say nothing about a week's accuracy. */
const FEWEST_OUTPUTS = 5;

export function alarmWeeks(
  weeks: BacktestResult["weeks"],
  segment: BacktestSegment,
  weekAlarms: readonly number[],
): AlarmWeek[] {
  return weeks.map((week, at) => {
    const outputs = segment.week_outputs[at] ?? 0;
    const accuracy = outputs >= FEWEST_OUTPUTS ? (segment.week_accuracy[at] ?? null) : null;
    return { week, outputs, accuracy, alarms: weekAlarms[at] ?? 0 };
  });
}

export interface AlarmScale {
  /** Days since 1970 of the first Monday and of the day after the last week. */
  from: number;
  to: number;
  /** Place of the middle of a week, and of its width, in 0..100. */
  xOf: (week: string) => number;
  width: number;
  /** Lowest accuracy on the axis; the highest is 1. */
  min: number;
  most: number;
}

/** Weeks at their place in time, so that holes in the traffic are holes; accuracy from a round number below the lowest. */
export function alarmScale(weeks: readonly AlarmWeek[], compared: readonly number[]): AlarmScale {
  const from = dayNumber(weeks[0]?.week ?? "1970-01-05");
  const to = dayNumber(weeks.at(-1)?.week ?? "1970-01-05") + 7;
  const lowest = Math.min(1, ...weeks.map(({ accuracy }) => accuracy ?? 1), ...compared);
  return {
    from,
    to,
    xOf: (week) => ((dayNumber(week) + 3.5 - from) / (to - from)) * 100,
    width: (7 / (to - from)) * 100,
    min: Math.max(0, Math.floor(lowest * 10 - 1e-9) / 10),
    most: Math.max(1, ...weeks.map(({ alarms }) => alarms)),
  };
}

/** A line through the weeks that follow each other; a week alone becomes a dot by its round cap. */
export function accuracyPath(
  weeks: readonly AlarmWeek[],
  scale: AlarmScale,
  yOf: (accuracy: number) => number,
): string {
  let path = "";
  let before: number | null = null;
  for (const { week, accuracy } of weeks) {
    const day = dayNumber(week);
    if (accuracy !== null) {
      const at = `${formatDecimal(scale.xOf(week), 2)},${formatDecimal(yOf(accuracy), 2)}`;
      path += before !== null && day - before === 7 ? `L${at}` : `M${at}h0`;
    }
    before = accuracy === null ? null : day;
  }
  return path;
}
