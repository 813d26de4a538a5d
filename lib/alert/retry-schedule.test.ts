import { expect, test } from "vitest";
import { readRetryAfter, retryDelaySeconds } from "./retry-schedule";

test("ten attempts over about three days, each a little later than planned, never earlier", () => {
  const plain = Array.from({ length: 11 }, (_, made) => retryDelaySeconds(made, 0, null));
  expect(plain).toEqual([0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, null]);
  expect(plain.reduce((sum: number, each) => sum + (each ?? 0), 0) / 3_600).toBeCloseTo(75.6, 1);
  expect(retryDelaySeconds(2, 0.999, null)).toBeCloseTo(360, 0);
});

test("a receiver may ask for more patience, up to a day, never for less", () => {
  expect(retryDelaySeconds(1, 0, 3_600)).toBe(3_600);
  expect(retryDelaySeconds(4, 0, 3_600)).toBe(7_200);
  expect(retryDelaySeconds(1, 0, 1e9)).toBe(86_400);
  const now = new Date("2026-03-02T10:00:00Z");
  expect(readRetryAfter("120", now)).toBe(120);
  expect(readRetryAfter("Mon, 02 Mar 2026 10:05:00 GMT", now)).toBe(300);
  expect(readRetryAfter("Mon, 02 Mar 2026 09:00:00 GMT", now)).toBe(0);
  for (const nothing of [null, "", "soon", "-5", "1e9x"]) expect(readRetryAfter(nothing, now)).toBe(null);
});
