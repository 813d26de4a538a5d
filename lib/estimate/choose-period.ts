import { addDays, daysBetween, periodStart } from "./period";
import type { Period } from "./schema";

/** On average over the points: then chance leaves one in fifty with fewer than the 20 that a point needs. */
const FEWEST_REVIEWS = 30;
/** Measured in Chromium: 5,000 points of a chart block its page for 2 to 3 s. */
export const MOST_POINTS = 400;
const DAYS: Readonly<Record<Period, number>> = { day: 1, week: 7, month: 30.4 };
const MOST_DAYS_BY_DAY = 120;
/** Months only where there are enough of them to see a course. */
const FEWEST_DAYS_BY_MONTH = 150;

export interface PeriodChoice {
  period: Period;
  asked: "auto" | Period;
  too_fine: Period | null;
}

/**
 * The period of a chart's points: as asked when that makes no more than 400 points, else the finest one in which nearly all
 * points have 20 reviews.
 */
export function choosePeriod(
  asked: "auto" | Period,
  range: { from: string; to: string },
  reviews: number,
): PeriodChoice {
  const days = daysBetween(range.from, range.to);
  if (asked !== "auto") return { period: finestWithin(asked, days), asked, too_fine: null };
  const perPoint = (period: Period) => reviews / Math.max(1, days / DAYS[period]);
  if (perPoint("day") >= FEWEST_REVIEWS && days <= MOST_DAYS_BY_DAY)
    return { period: "day", asked, too_fine: null };
  const dayTooFine = perPoint("day") < FEWEST_REVIEWS ? "day" : null;
  if (perPoint("week") >= FEWEST_REVIEWS || days < FEWEST_DAYS_BY_MONTH)
    return { period: finestWithin("week", days), asked, too_fine: dayTooFine };
  return { period: "month", asked, too_fine: "week" };
}

function finestWithin(period: Period, days: number): Period {
  const fits = (each: Period) => days / DAYS[each] <= MOST_POINTS - 2;
  if (period === "day" && fits("day")) return "day";
  return period !== "month" && fits("week") ? "week" : "month";
}

/** The newest part of a range that makes no more than 400 points: more than 33 years of months are cut off at their beginning. */
export function fittingRange(
  range: { from: string; to: string },
  period: Period,
): { from: string; to: string } {
  const last = periodStart(range.to, period);
  const reach = Math.floor((MOST_POINTS - 1) * DAYS[period]);
  const first = periodStart(addDays(last, -reach), period);
  // A month is not as long as the next one: what is cut is cut at the start of a whole one.
  const earliest = first < addDays(last, -reach) ? periodStart(addDays(first, 31), period) : first;
  return { from: range.from < earliest ? earliest : range.from, to: range.to };
}
