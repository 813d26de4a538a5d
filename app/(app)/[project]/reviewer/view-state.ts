import { createLoader, parseAsStringLiteral } from "nuqs/server";

import { REVIEWER_SORTS } from "@/components/table/reviewer-sort";
import { addDays } from "@/components/chart/calendar-day";

export const PEOPLE_RANGES = ["4w", "3m", "1y"] as const;
const RANGE_DAYS: Readonly<Record<(typeof PEOPLE_RANGES)[number], number>> = {
  "4w": 28,
  "3m": 91,
  "1y": 365,
};

/** All that a shared address of the reviewers' pages carries. */
export const peopleState = {
  range: parseAsStringLiteral(PEOPLE_RANGES).withDefault("3m"),
  sort: parseAsStringLiteral(REVIEWER_SORTS).withDefault("name"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("asc"),
};
export const loadPeopleState = createLoader(peopleState);

/** The days in which reviews are looked at; they end today. */
export function daysOfRange(
  range: (typeof PEOPLE_RANGES)[number],
  today: string,
): { from: string; to: string } {
  return { from: addDays(today, 1 - RANGE_DAYS[range]), to: today };
}
