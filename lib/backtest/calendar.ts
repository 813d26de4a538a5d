import { DAY_MS } from "@/lib/sampling/open-epoch";

/** A UTC day with outputs; places are counted in order of time, `to` is no part of it. */
export interface CalendarDay {
  startsAt: number;
  from: number;
  to: number;
}

/** A week (Monday to Sunday, UTC) with outputs. */
export interface CalendarWeek {
  startsAt: number;
  days: CalendarDay[];
}

/** 1 January 1970 was a Thursday: so many days after a Monday. */
const EPOCH_WEEKDAY = 3;

/** Days and weeks of instants that rise; those without outputs are left out. */
export function calendarOf(instants: Float64Array): CalendarWeek[] {
  const weeks: CalendarWeek[] = [];
  let day: CalendarDay | undefined;
  for (const [place, instant] of instants.entries()) {
    const startsAt = Math.floor(instant / DAY_MS) * DAY_MS;
    if (day?.startsAt !== startsAt) {
      day = { startsAt, from: place, to: place };
      const week = weekOf(startsAt);
      const last = weeks.at(-1);
      if (last?.startsAt === week) last.days.push(day);
      else weeks.push({ startsAt: week, days: [day] });
    }
    day.to = place + 1;
  }
  return weeks;
}

/** Start of the Monday of a day's week. */
export function weekOf(dayStart: number): number {
  const days = Math.round(dayStart / DAY_MS) + EPOCH_WEEKDAY;
  return (days - (((days % 7) + 7) % 7) - EPOCH_WEEKDAY) * DAY_MS;
}

/** "2026-03-02" of the start of a UTC day. */
export function dayText(dayStart: number): string {
  return new Date(dayStart).toISOString().slice(0, 10);
}
