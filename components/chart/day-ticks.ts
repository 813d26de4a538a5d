import { formatDay } from "@/lib/core/format";
import { dayOf } from "./calendar-day";

const STEPS = [1, 2, 7, 14];

/** Tick positions (days since 1970) for about `most` labels: days, Mondays, firsts of a month, or of a quarter, half or year. */
export function dayTicks(from: number, to: number, most: number): number[] {
  const days = to - from;
  const step = STEPS.find((each) => days / each <= most);
  if (step) {
    // Day 4 of 1970 was a Monday: whole weeks from there begin on Mondays.
    const start = Math.ceil((from - 4) / step) * step + 4;
    return range(step >= 7 ? start : from, to, step);
  }
  const months = firstsOfMonths(from, to);
  const every = [1, 2, 3, 6, 12, 24, 60].find((each) => months.length / each <= most) ?? 120;
  return months.filter(
    (day) => (Number(dayOf(day).slice(5, 7)) - 1 + Number(dayOf(day).slice(0, 4)) * 12) % every === 0,
  );
}

function range(start: number, to: number, step: number): number[] {
  const ticks: number[] = [];
  for (let at = start; at < to; at += step) ticks.push(at);
  return ticks;
}

function firstsOfMonths(from: number, to: number): number[] {
  const ticks: number[] = [];
  for (let day = from; day < to; day += 1) {
    if (dayOf(day).endsWith("-01")) ticks.push(day);
  }
  return ticks;
}

/** "2 Mar"; the first of January carries the year. */
export function tickText(at: number): string {
  const day = dayOf(Math.floor(at));
  return day.slice(5) === "01-01" ? `Jan ${day.slice(0, 4)}` : formatDay(day, { year: false });
}
