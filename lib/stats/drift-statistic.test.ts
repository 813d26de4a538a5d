import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { driftStatistic } from "./drift-statistic";
import { type Bins, bins } from "./testing/bins-arbitrary";
import { expectClose, readVectors } from "./testing/vectors";

type Expected = { statistic: number; df: number; p: number; ncp: number; pBeyondTolerance: number };

describe("driftStatistic", () => {
  it("matches SciPy with and without tolerance", () => {
    for (const { input, expected, tolerance } of readVectors<Bins & { tolerance: number }, Expected>(
      "chi2",
      7,
    )) {
      const got = driftStatistic(input.production, input.baseline, input.tolerance);
      const plain = driftStatistic(input.production, input.baseline, 0);
      expectClose(got?.statistic, expected.statistic, tolerance);
      expect(got?.degreesOfFreedom).toBe(expected.df);
      expectClose(got?.noncentrality, expected.ncp, tolerance);
      expectClose(Math.exp(got?.logTail ?? 9), expected.pBeyondTolerance, tolerance);
      expectClose(Math.exp(plain?.logTail ?? 9), expected.p, tolerance);
    }
  });

  it("has a finite tail, larger with more tolerance, and no answer only where nothing can be compared", () => {
    fc.assert(
      fc.property(bins, ({ production, baseline }) => {
        const got = driftStatistic(production, baseline);
        const used = production.filter((a, bin) => a + (baseline[bin] ?? 0) > 0).length;
        const empty = [production, baseline].some((counts) => counts.every((count) => count === 0));
        expect(got === null).toBe(empty || used < 2);
        if (!got) return;
        expect(got.logTail).toBeGreaterThan(-Infinity);
        expect(got.logTail).toBeLessThanOrEqual(0);
        const strict = driftStatistic(production, baseline, 0);
        expect(strict?.statistic).toBe(got.statistic);
        expect(strict?.logTail).toBeLessThanOrEqual(got.logTail + 1e-10);
      }),
    );
  });

  it("keeps a tail that is smaller than the smallest number", () => {
    const got = driftStatistic([100_000, 0], [0, 100_000]);
    expect(got?.logTail).toBeLessThan(-10_000);
    expect(got?.logTail).toBeGreaterThan(-Infinity);
  });

  it("refuses impossible arguments", () => {
    expect(() => driftStatistic([1, 2], [1, 2], -0.1)).toThrow("The tolerance");
    expect(() => driftStatistic([1, 2], [1], 0)).toThrow("the same bins");
    expect(() => driftStatistic([1, -2], [1, 1], 0)).toThrow("Every production count");
  });
});
