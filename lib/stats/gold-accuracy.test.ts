import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clopperPearson } from "./clopper-pearson";
import { goldAccuracy } from "./gold-accuracy";
import { expectClose } from "./testing/vectors";

const counts = fc.tuple(fc.nat(60), fc.nat(60), fc.nat(60), fc.nat(60)).map(([wrong, a, right, b]) => ({
  wrong,
  wrongCalledWrong: Math.min(wrong, a),
  right,
  rightCalledRight: Math.min(right, b),
}));

describe("goldAccuracy", () => {
  it("gives the three shares with Clopper-Pearson limits, and too few below 20", () => {
    fc.assert(
      fc.property(counts, (given) => {
        const { wrong, wrongCalledWrong, right, rightCalledRight } = given;
        const got = goldAccuracy(given);
        expect(got === null).toBe(wrong + right === 0);
        if (!got) return;
        expect(got.n).toBe(wrong + right);
        expect(got.tooFew).toBe(wrong + right < 20);
        for (const [rate, hits, n] of [
          [got.accuracy, wrongCalledWrong + rightCalledRight, wrong + right],
          [got.sensitivity, wrongCalledWrong, wrong],
          [got.specificity, rightCalledRight, right],
        ] as const) {
          expect(rate === null).toBe(n === 0);
          if (rate === null) continue;
          expect(rate.n).toBe(n);
          expectClose(rate.mean, hits / n, 1e-12);
          expect(rate.low).toBeLessThanOrEqual(rate.mean);
          expect(rate.high).toBeGreaterThanOrEqual(rate.mean);
          if (n < 3) continue;
          const exact = clopperPearson(hits, n);
          expectClose(rate.low, exact?.low ?? null, 1e-10);
          expectClose(rate.high, exact?.high ?? null, 1e-10);
        }
      }),
    );
  });

  it("gives the example of its comment", () => {
    const got = goldAccuracy({ wrong: 10, wrongCalledWrong: 9, right: 15, rightCalledRight: 15 });
    expect(got).toMatchObject({ n: 25, tooFew: false });
    expect(got?.accuracy.mean).toBeCloseTo(0.96, 12);
  });

  it("refuses impossible counts", () => {
    const good = { wrong: 10, wrongCalledWrong: 9, right: 15, rightCalledRight: 15 };
    expect(() => goldAccuracy({ ...good, wrongCalledWrong: 11 })).toThrow("more gold items");
    expect(() => goldAccuracy({ ...good, rightCalledRight: 16 })).toThrow("more gold items");
    for (const bad of [-1, 1.5, Number.NaN, Infinity]) {
      expect(() => goldAccuracy({ ...good, right: bad })).toThrow("gold count right");
    }
    expect(() => goldAccuracy(good, 1)).toThrow("confidence");
  });
});
