import { expect, it } from "vitest";
import { logMeanExp } from "./log-mean-exp";

it("is the logarithm of the mean, also far outside of what exp can hold", () => {
  expect(logMeanExp([0, Math.log(3)])).toBeCloseTo(Math.log(2), 14);
  expect(logMeanExp([2000, 2000 + Math.log(3)])).toBeCloseTo(2000 + Math.log(2), 10);
  expect(logMeanExp([-2000])).toBe(-2000);
  expect(logMeanExp([-Infinity, 0])).toBeCloseTo(-Math.log(2), 14);
  expect(logMeanExp([-Infinity, -Infinity])).toBe(-Infinity);
});

it("refuses no numbers and what is no logarithm", () => {
  expect(() => logMeanExp([])).toThrow("at least one");
  expect(() => logMeanExp([0, Number.NaN])).toThrow("smaller than Infinity");
  expect(() => logMeanExp([Infinity])).toThrow("smaller than Infinity");
});
