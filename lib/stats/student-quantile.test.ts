import { expect, it } from "vitest";
import { normalQuantile } from "./normal-quantile";
import { studentQuantile } from "./student-quantile";

it("equals what is known in closed form", () => {
  for (const tail of [0.4, 0.1, 0.025, 1e-6]) {
    // One degree of freedom is the Cauchy distribution; two have t = (1 − 2p) / √(2 p (1 − p)).
    expect(studentQuantile(tail, 1) * Math.tan(Math.PI * tail)).toBeCloseTo(1, 10);
    expect(studentQuantile(tail, 2)).toBeCloseTo((1 - 2 * tail) / Math.sqrt(2 * tail * (1 - tail)), 6);
    expect(studentQuantile(tail, 1e9)).toBeCloseTo(-normalQuantile(tail), 6);
  }
  expect(studentQuantile(0.5, 5)).toBe(0);
  expect(studentQuantile(0.025, 10)).toBeCloseTo(2.228138851986274, 11);
});

it("refuses impossible arguments", () => {
  for (const tail of [0, 0.6, Number.NaN]) expect(() => studentQuantile(tail, 5)).toThrow("tail");
  for (const df of [0, Infinity, Number.NaN]) expect(() => studentQuantile(0.1, df)).toThrow("degrees");
});
