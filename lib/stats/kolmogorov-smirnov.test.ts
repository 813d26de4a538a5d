import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kolmogorovSmirnov } from "./kolmogorov-smirnov";
import { seededRandom } from "./testing/seeded-random";
import { expectClose, readVectors } from "./testing/vectors";

const values = fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 1, maxLength: 60 });

function plainDistance(a: readonly number[], b: readonly number[]): number {
  const below = (list: readonly number[], x: number) =>
    list.filter((value) => value <= x).length / list.length;
  return Math.max(...[...a, ...b].map((x) => Math.abs(below(a, x) - below(b, x))));
}

describe("kolmogorovSmirnov", () => {
  it("matches R and SciPy", () => {
    for (const { input, expected, tolerance } of readVectors<
      { a: number[]; b: number[] },
      { D: number; pAsymptotic: number }
    >("ks", 5)) {
      const got = kolmogorovSmirnov(input.a, input.b);
      expectClose(got?.distance, expected.D, tolerance);
      // R ends the series after one term when D √(nm/(n+m)) is below 1, which leaves an error of up to 1.2e-5.
      const scaled =
        expected.D * Math.sqrt((input.a.length * input.b.length) / (input.a.length + input.b.length));
      expectClose(got?.tail, expected.pAsymptotic, scaled < 1 ? 1.2e-5 : tolerance);
    }
  });

  it("matches the limit law of SciPy (kstwobign) to twelve digits", () => {
    const shifted = (n: number, by: number) => Array.from({ length: n }, (_, i) => i + by);
    // D = 0.06 and n = m = 500: 0.06 √250; D = 0.2 and n = m = 100: 0.2 √50.
    expect(kolmogorovSmirnov(shifted(500, 30), shifted(500, 0))?.tail).toBeCloseTo(0.3291047890978151, 12);
    expect(kolmogorovSmirnov(shifted(100, 20), shifted(100, 0))?.tail).toBeCloseTo(0.03663105270711935, 12);
  });

  it("is the largest distance of the two distribution functions, ties together, in any order", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const got = kolmogorovSmirnov(a, b);
        expect(got?.distance).toBeCloseTo(plainDistance(a, b), 12);
        expect(kolmogorovSmirnov(b.toReversed(), a)?.distance).toBeCloseTo(got?.distance ?? 9, 12);
        expect(got?.tail).toBeGreaterThanOrEqual(0);
        expect(got?.tail).toBeLessThanOrEqual(1);
      }),
    );
    expect(kolmogorovSmirnov([5, 5], [5])).toEqual({ distance: 0, tail: 1 });
    expect(kolmogorovSmirnov([1, 2, 3], [4, 5, 6])?.distance).toBe(1);
  });

  it("falls with the distance through the change of series", () => {
    const n = 1000;
    const base = Array.from({ length: n }, (_, i) => i);
    let last = 1;
    for (let shift = 0; shift < 200; shift += 1) {
      const { tail } = kolmogorovSmirnov(
        base,
        base.map((value) => value + shift),
      ) ?? { tail: 9 };
      expect(tail).toBeLessThanOrEqual(last);
      last = tail;
    }
    expect(last).toBeLessThan(1e-15);
  });

  it("has about 5 % of tails below 0.05 without drift", () => {
    const random = seededRandom(51);
    const draw = () => Array.from({ length: 200 }, random);
    const runs = 1500;
    let small = 0;
    for (let run = 0; run < runs; run += 1) {
      if ((kolmogorovSmirnov(draw(), draw())?.tail ?? 1) <= 0.05) small += 1;
    }
    expect(small / runs).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs));
    expect(small / runs).toBeGreaterThan(0.02);
  });

  it("has no answer for an empty side and refuses what is not finite", () => {
    expect(kolmogorovSmirnov([], [1])).toBeNull();
    expect(kolmogorovSmirnov([1], [])).toBeNull();
    expect(() => kolmogorovSmirnov([1, Number.NaN], [1])).toThrow("Every value");
  });
});
