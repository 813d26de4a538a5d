import { checkNonNegative } from "./argument-check";
import { studentQuantile } from "./student-quantile";

/** Farther ahead nothing is said. */
const MOST_DAYS = 120;
const FEWEST_ACTIVE_DAYS = 3;
const WEEK = 7;
/** From so many days on, weekdays are told apart. */
const DAYS_FOR_WEEKDAYS = 14;

export type CompletionDay = {
  /** Days from now on which it is done: 1 = the day after the last of `daily`; null = beyond 120 days. */
  middle: number | null;
  early: number | null;
  late: number | null;
};

/**
 * When work is done, from what was done on each of the last days, with a prediction interval.
 *
 * Formula: the first day d on which M(d) + z √V(d) reaches the work, z = t, 0, −t. M(d) = Σ of the weekdays' means over the coming
 * days; V(d) = Σ s² + Σ_w (days of weekday w)² s² / (weeks seen), s² the larger of the pooled variance around these means and the
 * mean itself (people come and go: at least as uneven as chance). Days before anybody began are left out. With less than two weeks
 * all days are taken as alike.
 *
 * @param work looks to be done, ≥ 0. @param daily looks on each past day, the oldest first, the last one yesterday or today.
 * @param level coverage of the interval, in (0, 1), default 0.8.
 * @returns days from the end of `daily`; null when fewer than three days saw any work, so that nothing can be said.
 * @throws RangeError when a number is negative.
 * @see Särndal et al. 1992, section 2.3, for the estimation part; prediction of a future sum: Hahn & Meeker 1991, chapter 4.
 * @example completionDay(30, [10, 10, 10, 10]) // { middle: 3, early: 3, late: 4 }
 */
export function completionDay(work: number, daily: readonly number[], level = 0.8): CompletionDay | null {
  checkNonNegative(work, "The work");
  for (const looks of daily) checkNonNegative(looks, "The looks of a day");
  const began = daily.findIndex((looks) => looks > 0);
  const seen = began < 0 ? [] : daily.slice(began);
  if (seen.filter((looks) => looks > 0).length < FEWEST_ACTIVE_DAYS) return null;
  const period = seen.length >= DAYS_FOR_WEEKDAYS ? WEEK : 1;
  const means = periodMeans(seen, period);
  const meanOf = (day: number) => means[((day % period) + period) % period] ?? 0;
  const freedom = Math.max(1, seen.length - period);
  const squares = seen.reduce((sum, looks, at) => sum + (looks - meanOf(at - seen.length)) ** 2, 0);
  const mean = seen.reduce((sum, looks) => sum + looks, 0) / seen.length;
  const spread = Math.max(squares / freedom, mean);
  const reached = (z: number) => firstDay(work, z, { meanOf, period, spread, rounds: seen.length / period });
  const t = studentQuantile((1 - level) / 2, freedom);
  return { middle: reached(0), early: reached(t), late: reached(-t) };
}

/** Mean of each place in the period, counted back from the end: place 0 is the day after the last. */
function periodMeans(seen: readonly number[], period: number): number[] {
  return Array.from({ length: period }, (_, place) => {
    const own = seen.filter((_, at) => (((at - seen.length) % period) + period) % period === place);
    return own.reduce((sum, looks) => sum + looks, 0) / Math.max(1, own.length);
  });
}

function firstDay(
  work: number,
  z: number,
  pace: { meanOf: (day: number) => number; period: number; spread: number; rounds: number },
): number | null {
  const times = Array.from({ length: pace.period }, () => 0);
  let sum = 0;
  let busy = 0;
  for (let day = 0; day < MOST_DAYS; day += 1) {
    const mean = pace.meanOf(day);
    sum += mean;
    if (mean > 0) {
      busy += 1;
      times[day % pace.period] = (times[day % pace.period] ?? 0) + 1;
    }
    const learnt = times.reduce((total, each) => total + each * each, 0) / pace.rounds;
    if (sum + z * Math.sqrt(pace.spread * (busy + learnt)) >= work) return day + 1;
  }
  return null;
}
