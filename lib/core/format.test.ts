import { describe, expect, it, test } from "vitest";

import {
  formatBytes,
  formatCompact,
  formatCount,
  formatDay,
  formatDecimal,
  formatDrop,
  formatDuration,
  formatGap,
  formatFew,
  formatInstant,
  formatInterval,
  formatLeft,
  formatMonth,
  formatPercent,
  formatPoints,
  formatProbability,
  formatRough,
  formatSegmentValue,
  formatSignificant,
  formatTime,
  formatWait,
  formatWeekday,
  formatWeeks,
  rounded,
} from "./format";
import { OTHER_VALUE } from "./segment-value";

describe("format", () => {
  it("writes shares, intervals and differences the same way everywhere", () => {
    expect(formatPercent(0.8642)).toBe("86.4 %");
    expect(formatPercent(1, 0)).toBe("100 %");
    expect(formatInterval({ low: 0.782, high: 0.921 })).toBe("78 to 92 %");
    expect(formatPoints(-0.0641)).toBe("−6.4 points");
    expect(formatPoints(0.02)).toBe("+2.0 points");
    expect(formatPoints(-0.0001)).toBe("±0.0 points");
    expect(formatGap({ difference: -0.0791, low: -0.1012, high: 0.0038 })).toBe(
      "−7.9 points (−10.1 to +0.4)",
    );
  });

  it("keeps small probabilities apart from zero and large ones from certainty", () => {
    const written = [0, 0.00042, 0.0042, 0.042, 0.42, 0.9997, 1].map(formatProbability);
    expect(written).toEqual(["0 %", "0.042 %", "0.42 %", "4.2 %", "42 %", "99.9 %", "100 %"]);
  });

  it("writes counts, days, instants and durations", () => {
    expect(formatCount(1234567)).toBe("1,234,567");
    expect(formatCompact(1234567)).toBe("1.2m");
    expect(formatDay("2026-03-02")).toBe("2 Mar 2026");
    expect(formatDay("2026-03-02", { year: false })).toBe("2 Mar");
    expect(formatInstant("2026-03-29T00:30:00Z", "Europe/Berlin")).toBe("29 Mar 2026, 01:30");
    expect(formatLeft({ done: 40, total: 100, seconds: 20 })).toBe(", about 30 s left");
    expect([0, 100].map((done) => formatLeft({ done, total: 100, seconds: 20 }))).toEqual(["", ""]);
    expect([formatWait(5_400), formatWait(260_000)]).toEqual(["1 h 30 min", "3 days"]);
    expect([formatDuration(47), formatDuration(600), formatDuration(3_725), formatDuration(7_200)]).toEqual([
      "47 s",
      "10 min",
      "1 h 2 min",
      "2 h",
    ]);
  });

  it("rounds what is known no better, and sizes of differences", () => {
    expect([6293, 138, 1385, 99.6, 7.3, 0, 123_456].map(formatRough)).toEqual([
      "6,300",
      "140",
      "1,400",
      "100",
      "7",
      "0",
      "120,000",
    ]);
    expect([0.05, 0.01, 0.125, 0.0049].map(formatDrop)).toEqual([
      "5 points",
      "1 point",
      "12.5 points",
      "0.5 points",
    ]);
  });

  it("keeps a decimal of small amounts", () => {
    expect([0, 0.42, 3, 9.96, 12.3, 1200].map(formatFew)).toEqual(["0", "0.4", "3", "10", "12", "1,200"]);
  });

  it("writes how long something takes, rounded up", () => {
    expect([0.02, 0.4, 1, 1.2, 26, 30, 105, 600].map(formatWeeks)).toEqual([
      "1 day",
      "3 days",
      "7 days",
      "2 weeks",
      "26 weeks",
      "7 months",
      "3 years",
      "over 10 years",
    ]);
  });
});

test("numbers that are neither counts nor shares", () => {
  expect([0.12345, 2].map((value) => formatDecimal(value, 2))).toEqual(["0.12", "2.00"]);
  expect([1234.5678, 0.012345, 5].map(formatSignificant)).toEqual(["1,235", "0.01235", "5"]);
  expect(rounded(0.1 + 0.2, 4)).toBe(0.3);
  expect([1, 1_400, 99_999, 2_340_000].map(formatBytes)).toEqual(["1 KB", "1 KB", "100 KB", "2.3 MB"]);
});

test("parts of dates", () => {
  expect([formatMonth("2026-03-02"), formatWeekday("2026-03-02")]).toEqual(["March 2026", "Monday"]);
  expect(formatTime("2026-03-02T13:05:00Z", "Europe/Berlin")).toBe("14:05");
});

test("a segment's value says when it is empty or stands for many", () => {
  expect(["ios", "", OTHER_VALUE].map(formatSegmentValue)).toEqual(["ios", "(empty)", "all other values"]);
});
