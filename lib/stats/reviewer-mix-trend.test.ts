import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { invertMatrix } from "./invert-matrix";
import { type ReviewedBy, reviewerMixTrend } from "./reviewer-mix-trend";

const cell = (period: string, reviewer: string, right: number, n: number): ReviewedBy => ({
  period,
  reviewer,
  right,
  n,
});

const tables = fc
  .array(
    fc.record({
      period: fc.constantFrom("1", "2", "3", "4", "5"),
      reviewer: fc.constantFrom("a", "b", "c", "d"),
      n: fc.integer({ min: 1, max: 300 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 20 },
  )
  .map((cells) => [...new Map(cells.map((each) => [`${each.period}${each.reviewer}`, each])).values()])
  .map((cells) => cells.map(({ share, ...rest }) => ({ ...rest, right: Math.round(share * rest.n) })));

describe("reviewerMixTrend", () => {
  it("keeps the accuracy where only the mix of a strict and a lenient reviewer changes", () => {
    const [one, two] = reviewerMixTrend([
      cell("1", "strict", 80, 100),
      cell("1", "lenient", 95, 100),
      cell("2", "strict", 8, 10),
      cell("2", "lenient", 171, 180),
    ]);
    expect(one?.plain).toBeCloseTo(0.875);
    expect(two?.plain).toBeCloseTo(179 / 190);
    expect(one?.adjusted?.mean).toBeCloseTo(0.904, 2);
    expect(two?.adjusted?.mean).toBeCloseTo(0.904, 2);
    expect(two?.mixEffect?.low).toBeGreaterThan(0);
  });

  it("changes nothing when everybody's part stays the same, or one person reviews", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(100), fc.nat(50)), { minLength: 2, maxLength: 8 }),
        fc.boolean(),
        (weeks, alone) => {
          const cells = weeks.flatMap(([first, second], at) => [
            cell(`${at}`, "a", first, 100),
            ...(alone ? [] : [cell(`${at}`, "b", second, 50)]),
          ]);
          for (const { plain, adjusted, mixEffect } of reviewerMixTrend(cells)) {
            expect(Math.abs((adjusted?.mean ?? 9) - plain)).toBeLessThan(2e-4);
            expect(Math.abs(mixEffect?.mean ?? 9)).toBeLessThan(2e-4);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("has limits around its means, in range, for any table, and is never NaN", () => {
    fc.assert(
      fc.property(tables, (cells) => {
        for (const { plain, adjusted, mixEffect } of reviewerMixTrend(cells)) {
          expect(plain >= 0 && plain <= 1).toBe(true);
          expect(adjusted === null).toBe(mixEffect === null);
          if (!adjusted || !mixEffect) continue;
          expect(adjusted.low >= 0 && adjusted.low <= adjusted.mean).toBe(true);
          expect(adjusted.mean <= adjusted.high && adjusted.high <= 1).toBe(true);
          expect(mixEffect.low <= mixEffect.mean && mixEffect.mean <= mixEffect.high).toBe(true);
          expect(plain - adjusted.mean).toBeCloseTo(mixEffect.mean, 12);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("does not depend on the order or the names", () => {
    fc.assert(
      fc.property(tables, (cells) => {
        const renamed = cells.map((each) => ({ ...each, reviewer: `${each.reviewer}!` })).reverse();
        const known = new Map(reviewerMixTrend(renamed).map((line) => [line.period, line]));
        // Of two groups of the same size either may be the main one.
        for (const line of reviewerMixTrend(cells)) {
          const other = known.get(line.period);
          if (!line.adjusted || !other?.adjusted) continue;
          expect(other.adjusted.mean).toBeCloseTo(line.adjusted.mean, 6);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("says nothing about a period that has no reviewer in common with the rest", () => {
    const lines = reviewerMixTrend([
      cell("1", "a", 80, 100),
      cell("2", "a", 82, 100),
      cell("3", "new", 40, 50),
    ]);
    expect(lines.map(({ adjusted }) => adjusted === null)).toEqual([false, false, true]);
    expect(lines[2]?.plain).toBe(0.8);
    expect(reviewerMixTrend([])).toEqual([]);
  });

  it("refuses impossible counts", () => {
    expect(() => reviewerMixTrend([cell("1", "a", 3, 2)])).toThrow("Right must");
    expect(() => reviewerMixTrend([cell("1", "a", 0, 0)])).toThrow("Right must");
    expect(() => reviewerMixTrend([cell("1", "a", 1, 2), cell("1", "a", 1, 2)])).toThrow("twice");
    expect(() => reviewerMixTrend([], 1)).toThrow("confidence");
  });
});

describe("invertMatrix", () => {
  it("multiplied with its matrix is one", () => {
    const matrix = [
      [4, 2, 0.5],
      [2, 3, 1],
      [0.5, 1, 2],
    ];
    const inverse = invertMatrix(matrix);
    for (const [i, row] of matrix.entries())
      for (const [j] of row.entries()) {
        const product = row.reduce((sum, value, k) => sum + value * (inverse[k]?.[j] ?? 0), 0);
        expect(product).toBeCloseTo(i === j ? 1 : 0, 12);
      }
    expect(() => invertMatrix([[0]])).toThrow("positive definite");
  });
});
