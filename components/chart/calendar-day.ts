import { formatDay, formatMonth } from "@/lib/core/format";
import type { Period } from "@/lib/estimate/schema";

const MS_PER_DAY = 86_400_000;

/** Days since 1970-01-01 of a calendar day: the x axis of every chart. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY);
}

export function dayOf(number: number): string {
  return new Date(number * MS_PER_DAY).toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
  return dayOf(dayNumber(day) + days);
}

/** First day of the period that holds `day`; weeks begin on Monday. */
export function periodStart(day: string, period: Period): string {
  if (period === "day") return day;
  if (period === "month") return `${day.slice(0, 8)}01`;
  const weekday = (dayNumber(day) + 3) % 7;
  return addDays(day, -weekday);
}

/** First day of the period after the one that begins on `start`. */
export function nextPeriod(start: string, period: Period): string {
  if (period === "day") return addDays(start, 1);
  if (period === "week") return addDays(start, 7);
  return periodStart(addDays(start, 31), "month");
}

/** "23 to 29 Mar 2026", "30 Mar to 5 Apr 2026" */
export function dayRange(start: string, end: string): string {
  if (start === end) return formatDay(start);
  if (start.slice(0, 7) === end.slice(0, 7)) return `${Number(start.slice(8))} to ${formatDay(end)}`;
  return `${formatDay(start, { year: start.slice(0, 4) !== end.slice(0, 4) })} to ${formatDay(end)}`;
}

/** Name of a period in tables and tooltips: "12 Mar 2026", "23 to 29 Mar 2026", "March 2026". */
export function periodName(start: string, end: string, period: Period): string {
  return period === "month" ? formatMonth(start) : dayRange(start, end);
}

/** The same inside a sentence, seen from `today`: "yesterday", "last week", "in the week of 23 to 29 Mar 2026". */
export function periodPhrase(start: string, end: string, period: Period, today: string): string {
  const current = periodStart(today, period);
  const isPrevious = nextPeriod(start, period) === current;
  if (period === "day") return isPrevious ? "yesterday" : `on ${formatDay(start)}`;
  if (period === "week") return isPrevious ? "last week" : `in the week of ${dayRange(start, end)}`;
  return isPrevious ? "last month" : `in ${formatMonth(start)}`;
}

/** Days from one day to a later one; negative when it is earlier. */
export function daysApart(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}
