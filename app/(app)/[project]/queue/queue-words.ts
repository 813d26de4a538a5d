import { formatCount, formatDay, formatDuration, formatSegmentValue, formatWeekday } from "@/lib/core/format";
import type { Skills } from "@/lib/review/reviewer-schema";
import type { CompletionDay } from "@/lib/stats/completion-day";

/** "today", "tomorrow", "on Thursday", "next Monday", "on 14 Jan 2027": the n-th day from today on, today being the first. */
export function dayWords(today: string, day: number): string {
  if (day <= 1) return "today";
  if (day === 2) return "tomorrow";
  const date = new Date(Date.parse(`${today}T00:00:00Z`) + (day - 1) * 86_400_000).toISOString().slice(0, 10);
  const weekday = formatWeekday(date);
  if (day <= 7) return `on ${weekday}`;
  return day <= 14 ? `on ${weekday} next week` : `on ${formatDay(date)}`;
}

const without = (words: string) => words.replace(/^on /, "");

/** What the present people's pace says about what is due. */
export function forecastSentence(
  due: number,
  today: string,
  pace: { forecast: CompletionDay | null; working: number; paused: boolean },
): string {
  if (due === 0) return "Nothing that the plan counts on is due.";
  if (pace.paused) return "The queue is paused, so nothing that is due will be done.";
  if (pace.working === 0)
    return "Nobody has reviewed in the last four weeks, so nothing that is due will be done unless somebody begins.";
  if (!pace.forecast)
    return "People have reviewed on fewer than three days of the last four weeks: too few to say when it will be done.";
  const { early, middle, late } = pace.forecast;
  if (middle === null) return "At this pace it takes more than four months.";
  const when = `At this pace it is done ${dayWords(today, middle)}`;
  const first = without(dayWords(today, early ?? middle));
  if (late === null) return `${when} (${first} at the earliest; it may take much longer).`;
  const last = without(dayWords(today, late));
  return first === last ? `${when}.` : `${when} (${first} to ${last}, four times in five).`;
}

/** Whether people do as much as the plan counts on; null when they do, or nothing is known. */
export function paceSentence(perWeek: number, planned: number | null): string | null {
  if (planned === null || perWeek <= 0 || perWeek >= planned * 0.9) return null;
  return `The plan counts on ${formatCount(planned)} reviews a week, and people did about ${formatCount(Math.round(perWeek))}. At this pace the queue grows.`;
}

/** "about 2 h 10 min of work"; null when no time is known. */
export function workWords(due: number, secondsPerItem: number | null): string | null {
  return secondsPerItem === null || due === 0
    ? null
    : `about ${formatDuration(Math.max(60, secondsPerItem * due))} of work`;
}

/** "country: de, at; kind: loan", or "everything" */
export function skillWords(skills: Skills): string {
  const parts = Object.entries(skills).map(
    ([attribute, values]) => `${attribute}: ${values.map(formatSegmentValue).join(", ")}`,
  );
  return parts.length > 0 ? parts.join("; ") : "everything";
}

/** "country = fr", or "any" */
export function segmentWords(segments: Readonly<Record<string, string | null>>): string {
  const parts = Object.entries(segments).map(
    ([attribute, value]) => `${attribute} = ${value === null ? "not said" : formatSegmentValue(value)}`,
  );
  return parts.length > 0 ? parts.join(", ") : "any kind";
}
