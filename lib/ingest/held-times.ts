/* How held records are divided by time: pure. */

/** Every one of them can be pressed, so there are few. */
export const MOST_TIMES = 12;

const HOUR = 60;
const DAY = 24 * HOUR;
const STEPS = [1, 5, 15, HOUR, 3 * HOUR, 6 * HOUR, DAY, 2 * DAY, 7 * DAY, 28 * DAY];

/** Minutes of one stretch, so that a time span takes at most `MOST_TIMES` of them wherever it begins. */
export function bucketMinutes(spanMs: number): number {
  const least = spanMs / 60_000 / (MOST_TIMES - 1);
  return STEPS.find((step) => step >= least) ?? Math.ceil(least / (28 * DAY)) * 28 * DAY;
}
