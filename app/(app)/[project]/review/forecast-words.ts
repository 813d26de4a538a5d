import { formatDuration } from "@/lib/core/format";
import type { ReviewQueueStatus } from "@/lib/review/wire-schema";

/** Shorter sessions are told in minutes. */
const LONG = 2 * 60 * 60;

/** "about 47 min (39 to 61)"; null while too little is known, or when nothing is left. */
export function forecastWords(queue: ReviewQueueStatus, left: number): string | null {
  const { forecast } = queue;
  if (left === 0 || !forecast) return null;
  const share = left / forecast.items;
  const [median, low, high] = [forecast.median, forecast.low, forecast.high].map((each) => each * share);
  if (median === undefined || low === undefined || high === undefined) return null;
  if (high < 60) return "less than a minute";
  const [about, from, to] =
    high < LONG ? [median, low, high].map(minutes) : [median, low, high].map(formatDuration);
  return `about ${about}${high < LONG ? " min" : ""}${from === to ? "" : ` (${from} to ${to})`}`;
}

function minutes(seconds: number): string {
  return String(Math.max(1, Math.round(seconds / 60)));
}
