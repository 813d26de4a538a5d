import type { Period } from "./schema";

const MS_PER_DAY = 86_400_000;

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Days from the first to the last, both counted. */
export function daysBetween(first: string, last: string): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / MS_PER_DAY) + 1;
}

/** First day of the period that holds `day`; weeks begin on Monday. */
export function periodStart(day: string, period: Period): string {
  if (period === "day") return day;
  if (period === "month") return `${day.slice(0, 8)}01`;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}

/** Last day of the period that begins on `start`. */
export function periodEnd(start: string, period: Period): string {
  if (period === "day") return start;
  if (period === "week") return addDays(start, 6);
  return addDays(periodStart(addDays(start, 31), "month"), -1);
}
