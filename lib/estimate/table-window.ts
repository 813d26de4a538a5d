import { daysBetween, periodEnd, periodStart } from "./period";
import type { Period } from "./schema";

/** Longer windows are whole weeks: a seventh of the rows. */
const MOST_DAYS_BY_DAY = 100;

export interface TableWindow {
  period: Period;
  /** Days, both belong to the window. */
  from: string;
  to: string;
}

/** The cells that make up some days: by day, or for long windows the whole weeks in which they lie. */
export function tableWindow({ from, to }: { from: string; to: string }, today: string): TableWindow {
  if (daysBetween(from, to) <= MOST_DAYS_BY_DAY) return { period: "day", from, to };
  const end = periodEnd(periodStart(to, "week"), "week");
  return { period: "week", from: periodStart(from, "week"), to: end < today ? end : to };
}

/** Starts of the first and the last period of a window. */
export function windowBounds({ period, from, to }: TableWindow): { from: string; to: string } {
  return { from, to: periodStart(to, period) };
}
