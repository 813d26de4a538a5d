import { expect, it } from "vitest";
import { stirlingError } from "./stirling-error";

it("gives the exact logarithm of factorials", () => {
  let logFactorial = 0;
  for (let z = 1; z <= 30; z += 1) {
    logFactorial += Math.log(z);
    const exact = logFactorial - ((z + 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI));
    expect(Math.abs(stirlingError(z) - exact)).toBeLessThan(5e-14);
  }
  // Γ(3/2) = √π / 2
  const half = Math.log(Math.sqrt(Math.PI) / 2) - (Math.log(0.5) - 0.5 + 0.5 * Math.log(2 * Math.PI));
  expect(Math.abs(stirlingError(0.5) - half)).toBeLessThan(1e-15);
  expect(stirlingError(1e-9)).toBeCloseTo(stirlingError(1.0001e-8) + 0.5 * Math.log(1.0001e-8 / 1e-9), 6);
});

it("refuses what is not positive and finite", () => {
  for (const bad of [0, -1, Infinity, Number.NaN]) expect(() => stirlingError(bad)).toThrow(RangeError);
});
