import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logPoissonMass } from "./log-poisson-mass";
import { logUpperGamma } from "./log-upper-gamma";
import { expectClose, readVectors } from "./testing/vectors";

describe("logUpperGamma", () => {
  it("matches 60-digit values, far into the tail", () => {
    const cases = readVectors<{ shape: number; x: number }, { logTail: number }>("log_upper_gamma", 83);
    for (const { input, expected, tolerance } of cases) {
      expectClose(logUpperGamma(input.shape, input.x), expected.logTail, tolerance);
    }
    expect(Math.min(...cases.map(({ expected }) => expected.logTail))).toBeLessThan(-10_000);
  });

  it("is a Poisson probability for whole shapes: P(X < a)", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (a, x) => {
          let sum = 0;
          for (let k = 0; k < a; k += 1) sum += Math.exp(logPoissonMass(k, x));
          expectClose(logUpperGamma(a, x), Math.log(sum), 1e-10);
        },
      ),
    );
  });

  it("falls with x and rises with the shape, and is never NaN", () => {
    const shape = fc.integer({ min: 1, max: 20_000 }).map((k) => k / 2);
    fc.assert(
      fc.property(shape, fc.double({ min: 0, max: 30_000, noNaN: true }), (a, x) => {
        const log = logUpperGamma(a, x);
        expect(log).toBeLessThanOrEqual(0);
        expect(logUpperGamma(a, x * 1.01)).toBeLessThanOrEqual(log + 1e-12);
        expect(logUpperGamma(a + 0.5, x)).toBeGreaterThanOrEqual(log - 1e-12);
      }),
    );
  });

  it("refuses impossible arguments", () => {
    for (const bad of [0.4, 0, -1, Infinity, Number.NaN])
      expect(() => logUpperGamma(bad, 1)).toThrow("shape");
    for (const bad of [-1, Infinity, Number.NaN]) expect(() => logUpperGamma(1, bad)).toThrow(RangeError);
  });
});
