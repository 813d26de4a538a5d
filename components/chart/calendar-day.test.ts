import { describe, expect, it } from "vitest";

import {
  addDays,
  dayNumber,
  dayOf,
  dayRange,
  nextPeriod,
  periodName,
  periodPhrase,
  periodStart,
} from "./calendar-day";

describe("calendar days", () => {
  it("counts days and comes back", () => {
    expect(dayNumber("1970-01-02")).toBe(1);
    expect(dayOf(dayNumber("2026-03-29"))).toBe("2026-03-29");
    expect(addDays("2024-02-28", 2)).toBe("2024-03-01");
  });
  it.each([
    ["2026-03-02", "week", "2026-03-02"],
    ["2026-03-08", "week", "2026-03-02"],
    ["2026-03-08", "month", "2026-03-01"],
    ["2026-03-08", "day", "2026-03-08"],
  ] as const)("%s lies in the %s from %s", (day, period, start) => {
    expect(periodStart(day, period)).toBe(start);
  });
  it.each([
    ["2026-01-31", "day", "2026-02-01"],
    ["2026-01-26", "week", "2026-02-02"],
    ["2026-01-01", "month", "2026-02-01"],
    ["2026-12-01", "month", "2027-01-01"],
  ] as const)("after the %s %s comes %s", (start, period, next) => {
    expect(nextPeriod(start, period)).toBe(next);
  });
  it("names ranges as briefly as is clear", () => {
    expect(dayRange("2026-03-23", "2026-03-29")).toBe("23 to 29 Mar 2026");
    expect(dayRange("2026-03-30", "2026-04-05")).toBe("30 Mar to 5 Apr 2026");
    expect(dayRange("2025-12-29", "2026-01-04")).toBe("29 Dec 2025 to 4 Jan 2026");
    expect(periodName("2026-03-01", "2026-03-31", "month")).toBe("March 2026");
  });
  it.each([
    ["2026-03-23", "2026-03-29", "week", "2026-04-01", "last week"],
    ["2026-03-16", "2026-03-22", "week", "2026-04-01", "in the week of 16 to 22 Mar 2026"],
    ["2026-03-31", "2026-03-31", "day", "2026-04-01", "yesterday"],
    ["2026-03-01", "2026-03-31", "month", "2026-04-01", "last month"],
    ["2026-02-01", "2026-02-28", "month", "2026-04-01", "in February 2026"],
  ] as const)("%s to %s (%s) seen from %4$s", (start, end, period, today, phrase) => {
    expect(periodPhrase(start, end, period, today)).toBe(phrase);
  });
});
