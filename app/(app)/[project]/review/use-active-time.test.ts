import { expect, test } from "vitest";
import { activeBetween, IDLE_MS } from "./use-active-time";

test("time between two signs of life counts as work, but a long pause only up to a minute, and never less than nothing", () => {
  expect(activeBetween(1_000, 4_000)).toBe(3_000);
  expect(activeBetween(1_000, 1_000 + 10 * IDLE_MS)).toBe(IDLE_MS);
  expect(activeBetween(5_000, 4_000)).toBe(0);
});
