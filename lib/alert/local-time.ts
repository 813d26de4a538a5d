import { TZDate } from "@date-fns/tz";
import type { QuietHours } from "./schema";

const HOUR_MINUTES = 60;

/** The first moment after `from` at which clocks of that zone show this minute of the day. */
export function nextLocalMinute(from: Date, minute: number, timeZone: string): Date {
  const local = new TZDate(from, timeZone);
  const [year, month, day] = [local.getFullYear(), local.getMonth(), local.getDate()];
  for (let ahead = 0; ahead <= 2; ahead += 1) {
    const hours = Math.floor(minute / HOUR_MINUTES);
    const at = new TZDate(year, month, day + ahead, hours, minute % HOUR_MINUTES, timeZone);
    if (at.getTime() > from.getTime()) return new Date(at.getTime());
  }
  throw new RangeError("A minute of the day comes within two days.");
}

/** Minute of the local day and whether it is a Saturday or Sunday. */
export function localMinute(at: Date, timeZone: string): { minute: number; weekend: boolean } {
  const local = new TZDate(at, timeZone);
  return {
    minute: local.getHours() * HOUR_MINUTES + local.getMinutes(),
    weekend: local.getDay() === 0 || local.getDay() === 6,
  };
}

export function isQuiet(quiet: QuietHours, at: Date, timeZone: string): boolean {
  const { minute, weekend } = localMinute(at, timeZone);
  if (quiet.weekends && weekend) return true;
  const { from, to } = quiet;
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** When the quiet hours end in which `at` lies; `at` itself when it lies in none. */
export function quietEnd(quiet: QuietHours, at: Date, timeZone: string): Date {
  let moment = at;
  // At most a weekend with the nights around it; hours that fill the whole day and weekends would never end.
  for (let steps = 0; steps < 12 && isQuiet(quiet, moment, timeZone); steps += 1) {
    const ends = [nextLocalMinute(moment, quiet.to, timeZone), nextLocalMinute(moment, 0, timeZone)];
    moment = new Date(Math.min(...ends.map((each) => each.getTime())));
  }
  return moment;
}
