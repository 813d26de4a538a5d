import { describe, expect, it } from "vitest";

import { localDay } from "./local-day";

describe("localDay", () => {
  it("follows the zone over midnight and over both changes of the clock", () => {
    expect(localDay(new Date("2026-03-28T22:59:59Z"), "Europe/Berlin")).toBe("2026-03-28");
    expect(localDay(new Date("2026-03-28T23:00:00Z"), "Europe/Berlin")).toBe("2026-03-29");
    expect(localDay(new Date("2026-03-29T21:59:59Z"), "Europe/Berlin")).toBe("2026-03-29");
    expect(localDay(new Date("2026-03-29T22:00:00Z"), "Europe/Berlin")).toBe("2026-03-30");
    expect(localDay(new Date("2026-10-25T22:59:59Z"), "Europe/Berlin")).toBe("2026-10-25");
    expect(localDay(new Date("2026-10-25T23:00:00Z"), "Europe/Berlin")).toBe("2026-10-26");
  });

  it("agrees with a fresh formatter in zones with odd offsets, for every quarter of an hour of two days", () => {
    for (const timeZone of [
      "UTC",
      "Asia/Kathmandu",
      "Australia/Lord_Howe",
      "America/St_Johns",
      "Pacific/Apia",
    ]) {
      const formatter = new Intl.DateTimeFormat("en-CA", { timeZone });
      for (let minute = 0; minute < 2_880; minute += 7) {
        const instant = new Date(Date.UTC(2026, 3, 4, 0, minute, 31));
        expect(localDay(instant, timeZone)).toBe(formatter.format(instant));
      }
    }
  });
});
