import fc from "fast-check";
import { expect, it } from "vitest";
import { eBenjaminiHochberg } from "./e-bh";
import { readVectors } from "./testing/vectors";

it("matches Benjamini-Hochberg of statsmodels on 1/e", () => {
  type Input = { e: number[]; alpha: number };
  type Expected = { rejected: number[]; count: number };
  for (const { input, expected } of readVectors<Input, Expected>("e_bh", 6)) {
    const got = eBenjaminiHochberg(input.e.map(Math.log), input.alpha);
    expect(got.toSorted((a, b) => a - b)).toEqual(expected.rejected);
    expect(got).toHaveLength(expected.count);
  }
});

it("rejects several together that it would not reject alone, strongest first", () => {
  // K / (α k) = 40, 20, 13.3, 10.
  expect(eBenjaminiHochberg([15, 14, 1, 39].map(Math.log), 0.1)).toEqual([3, 0, 1]);
  expect(eBenjaminiHochberg([12, 14, 1, 39].map(Math.log), 0.1)).toEqual([]);
  expect(eBenjaminiHochberg([10, 10, 10, 10].map(Math.log), 0.1)).toEqual([0, 1, 2, 3]);
  expect(eBenjaminiHochberg([-Infinity, 800, 2000], 0.1)).toEqual([2, 1]);
  expect(eBenjaminiHochberg([], 0.1)).toEqual([]);
});

it("never rejects less when evidence grows, and no weaker one before a stronger one", () => {
  const logs = fc.array(
    fc.integer({ min: -50, max: 120 }).map((k) => k / 10),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(logs, fc.constantFrom(0.05, 0.1, 0.5, 1), (logE, alpha) => {
      const rejected = eBenjaminiHochberg(logE, alpha);
      const values = rejected.map((i) => logE[i] ?? 0);
      expect(values).toEqual(values.toSorted((a, b) => b - a));
      const weakest = values.at(-1) ?? Infinity;
      for (const [i, log] of logE.entries()) if (!rejected.includes(i)) expect(log).toBeLessThan(weakest);
      expect(
        eBenjaminiHochberg(
          logE.map((log) => log + 0.3),
          alpha,
        ).length,
      ).toBeGreaterThanOrEqual(rejected.length);
    }),
  );
});

it("refuses impossible arguments", () => {
  for (const alpha of [0, 1.1, Number.NaN]) expect(() => eBenjaminiHochberg([1], alpha)).toThrow("Alpha");
  expect(() => eBenjaminiHochberg([1, Number.NaN], 0.1)).toThrow("Every e-value");
});
