import { expect, it } from "vitest";
import { inclusionProbability } from "./inclusion-probability";

it("multiplies the two phases and takes an unknown source as 1", () => {
  expect(inclusionProbability(0.25, 0.1)).toBeCloseTo(0.025, 15);
  expect(inclusionProbability(null, 0.1)).toBe(0.1);
});

it("refuses what is no probability above 0", () => {
  for (const bad of [0, -0.1, 1.1, Number.NaN]) {
    expect(() => inclusionProbability(bad, 0.5)).toThrow("The source probability");
    expect(() => inclusionProbability(0.5, bad)).toThrow("The sampling probability");
  }
  expect(() => inclusionProbability(1e-200, 1e-200)).toThrow("too small");
});
