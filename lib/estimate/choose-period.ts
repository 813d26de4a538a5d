import { daysBetween } from "./period";
import type { Period } from "./schema";

/** On average over the points: then chance leaves one in fifty with fewer than the 20 that a point needs. */
const FEWEST_REVIEWS = 30;
const MOST_POINTS = 400;
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
