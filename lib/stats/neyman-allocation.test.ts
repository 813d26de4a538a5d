import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AllocationStratum, neymanAllocation } from "./neyman-allocation";
import { expectClose, readVectors } from "./testing/vectors";

type Input = { budget: number; strata: { id: string; N: number; e: number; floor: number }[] };

const stratum = fc.record({
  id: fc.string(),
  volume: fc.integer({ min: 0, max: 100_000 }),
  errorRate: fc.double({ min: 0, max: 1, noNaN: true }),
  floor: fc.integer({ min: 0, max: 20 }),
});

describe("neymanAllocation", () => {
  it("matches the reference values", () => {
    for (const { input, expected, tolerance } of readVectors<Input, { n: Record<string, number> }>(
      "neyman_allocation",
      5,
    )) {
      const strata = input.strata.map(({ id, N, e, floor }) => ({ id, volume: N, errorRate: e, floor }));
      const got = neymanAllocation(input.budget, strata);
      expect(got.map(({ id }) => id)).toEqual(Object.keys(expected.n));
      for (const { id, expectedReviews } of got)
        expectClose(expectedReviews, expected.n[id] ?? null, tolerance);
    }
  });

  it("spends the budget, or all records, and stays within floor and volume", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50_000 }), fc.array(stratum), (budget, strata) => {
        const got = neymanAllocation(budget, strata);
        const total = got.reduce((sum, { expectedReviews }) => sum + expectedReviews, 0);
        const volume = strata.reduce((sum, s) => sum + s.volume, 0);
        expectClose(total, Math.min(budget, volume), 1e-9);
        for (const [h, { expectedReviews }] of got.entries()) {
          expect(expectedReviews).toBeGreaterThanOrEqual(0);
          expect(expectedReviews).toBeLessThanOrEqual((strata[h]?.volume ?? 0) * (1 + 1e-12));
        }
      }),
    );
  });

  it("treats error rates near 0 and 1 as 2 %", () => {
    const strata = [0, 0.02, 0.98, 1].map((errorRate, i) => ({
      id: `${i}`,
      volume: 100,
      errorRate,
      floor: 0,
    }));
    for (const { expectedReviews } of neymanAllocation(40, strata)) expectClose(expectedReviews, 10, 1e-9);
  });

  it("answers for no stratum and no budget", () => {
    expect(neymanAllocation(10, [])).toEqual([]);
    const one = [{ id: "a", volume: 10, errorRate: 0.1, floor: 0 }];
    expect(neymanAllocation(0, one)).toEqual([{ id: "a", expectedReviews: 0 }]);
  });

  it("refuses impossible numbers", () => {
    const good: AllocationStratum = { id: "a", volume: 10, errorRate: 0.1, floor: 1 };
    expect(() => neymanAllocation(-1, [good])).toThrow("The budget");
    expect(() => neymanAllocation(1, [{ ...good, volume: Number.NaN }])).toThrow("The volume of stratum a");
    expect(() => neymanAllocation(1, [{ ...good, errorRate: 1.5 }])).toThrow("The error rate of stratum a");
    expect(() => neymanAllocation(1, [{ ...good, floor: -1 }])).toThrow("The floor of stratum a");
  });
});
