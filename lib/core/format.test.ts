import { describe, expect, it } from "vitest";

import {
  formatCompact,
  formatCount,
  formatDay,
  formatDuration,
  formatInstant,
  formatInterval,
  formatPercent,
  formatPoints,
  formatProbability,
} from "./format";

describe("format", () => {
  it("writes shares, intervals and differences the same way everywhere", () => {
    expect(formatPercent(0.8642)).toBe("86.4 %");
    expect(formatPercent(1, 0)).toBe("100 %");
    expect(formatInterval({ low: 0.782, high: 0.921 })).toBe("78 to 92 %");
    expect(formatPoints(-0.0641)).toBe("−6.4 points");
    expect(formatPoints(0.02)).toBe("+2.0 points");
    expect(formatPoints(-0.0001)).toBe("±0.0 points");
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
    expect([formatDuration(47), formatDuration(600), formatDuration(3_725), formatDuration(7_200)]).toEqual([
      "47 s",
      "10 min",
      "1 h 2 min",
      "2 h",
    ]);
  });
});
