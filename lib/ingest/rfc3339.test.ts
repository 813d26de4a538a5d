import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRfc3339 } from "./rfc3339";

describe("RFC 3339", () => {
  it.each([
    ["2026-11-22T09:15:05Z", "2026-11-22T09:15:05Z"],
    ["2026-11-22t09:15:05.123z", "2026-11-22T09:15:05.123Z"],
    ["2026-11-22T09:15:05.123456+02:00", "2026-11-22T07:15:05.123456Z"],
    ["2026-01-01T00:30:00-05:30", "2026-01-01T06:00:00Z"],
    ["2026-11-22T09:15:05.123456789Z", "2026-11-22T09:15:05.123456Z"],
    ["2024-02-29T23:59:59.1Z", "2024-02-29T23:59:59.1Z"],
    ["2000-02-29T00:00:00-00:00", "2000-02-29T00:00:00Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"],
    ["0099-12-31T12:00:00Z", "0099-12-31T12:00:00Z"],
    ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"],
  ])("%s", (text, normal) => {
    expect(parseRfc3339(text)).toMatchObject({ text: normal, milliseconds: new Date(normal).getTime() });
  });

  it.each([
    "2026-02-30T00:00:00Z",
    "2026-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-01-00T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T23:60:00Z",
    "2026-06-30T23:59:60Z",
    "2026-01-01T00:00:00",
    "2026-01-01 00:00:00Z",
    "2026-01-01T00:00Z",
    "2026-01-01T00:00:00.Z",
    "2026-01-01T00:00:00.1234567890Z",
    "2026-01-01T00:00:00,5Z",
    "2026-01-01T00:00:00+0100",
    "2026-01-01T00:00:00+24:00",
    "2026-01-01T00:00:00+01:60",
    "2026-01-01T00:00:00 Z",
    " 2026-01-01T00:00:00Z",
    "2026-1-1T00:00:00Z",
    "+002026-01-01T00:00:00Z",
    "294277-01-01T00:00:00Z",
    "9999-12-31T23:59:59-01:00",
    "0000-01-01T00:00:00+01:00",
    "٢٠٢٦-01-01T00:00:00Z",
    "now",
    "infinity",
    "1767225600",
    "",
  ])("refuses %s", (text) => {
    expect(parseRfc3339(text)).toBeNull();
  });

  it("agrees with Date on every instant that Date writes", () => {
    const instants = fc.date({
      min: new Date("0000-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59.999Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, (instant) => {
        const text = instant.toISOString();
        expect(parseRfc3339(text)).toEqual({ text, milliseconds: instant.getTime() });
      }),
      { numRuns: 5_000 },
    );
  });

  it("accepts only dates that come back as they were sent", () => {
    const part = (length: number) => fc.nat(10 ** length - 1).map((n) => String(n).padStart(length, "0"));
    fc.assert(
      fc.property(
        part(4),
        part(2),
        part(2),
        part(2),
        part(2),
        part(2),
        (year, month, day, hour, minute, second) => {
          const text = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
          const date = new Date(text);
          const real = !Number.isNaN(date.getTime()) && date.toISOString() === text.replace("Z", ".000Z");
          expect(parseRfc3339(text) !== null).toBe(real);
        },
      ),
      { numRuns: 20_000 },
    );
  });
});
