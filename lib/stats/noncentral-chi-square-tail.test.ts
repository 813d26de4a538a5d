import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noncentralChiSquareTail } from "./noncentral-chi-square-tail";
import { expectClose, readVectors } from "./testing/vectors";

type Input = { statistic: number; df: number; ncp: number };

describe("noncentralChiSquareTail", () => {
  it("matches 60-digit sums, far into the tail and for large noncentralities", () => {
    for (const { input, expected, tolerance } of readVectors<Input, { logTail: number }>(
      "noncentral_chi_square",
      60,
    )) {
      const got = noncentralChiSquareTail(input.statistic, input.df, input.ncp);
      expectClose(got, expected.logTail, tolerance);
    }
  });

  it("falls with the statistic, rises with noncentrality and degrees of freedom, and is never NaN", () => {
    const number = (max: number) => fc.double({ min: 0, max, noNaN: true });
    fc.assert(
      fc.property(number(3000), fc.integer({ min: 1, max: 25 }), number(1000), (statistic, df, ncp) => {
        const log = noncentralChiSquareTail(statistic, df, ncp);
        expect(log).toBeLessThanOrEqual(0);
        expect(noncentralChiSquareTail(statistic + 1, df, ncp)).toBeLessThanOrEqual(log + 1e-10);
        expect(noncentralChiSquareTail(statistic, df, ncp + 1)).toBeGreaterThanOrEqual(log - 1e-10);
        expect(noncentralChiSquareTail(statistic, df + 1, ncp)).toBeGreaterThanOrEqual(log - 1e-10);
      }),
      { numRuns: 60 },
    );
  });

  it("refuses impossible arguments", () => {
    expect(() => noncentralChiSquareTail(-1, 2, 1)).toThrow("The statistic");
    expect(() => noncentralChiSquareTail(1, 2, Number.NaN)).toThrow("The noncentrality");
    expect(() => noncentralChiSquareTail(1, 2, 1e11)).toThrow("at most");
    for (const bad of [0, 1.5, Number.NaN]) {
      expect(() => noncentralChiSquareTail(1, bad, 1)).toThrow("degrees of freedom");
    }
  });
});
