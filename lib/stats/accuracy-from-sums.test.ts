import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accuracyFromSums, type Estimate } from "./accuracy-from-sums";
import { type AccuracySums, accuracySumsOf, emptyAccuracySums } from "./accuracy-sums";
import { addAccuracySums } from "./add-accuracy-sums";
import { hajekEstimate } from "./hajek-estimate";
import { scaleAccuracySums } from "./scale-accuracy-sums";
import { observations } from "./testing/observation-arbitrary";
import { expectClose } from "./testing/vectors";
import { weightedClopperPearson } from "./weighted-clopper-pearson";

function estimateOf(sums: AccuracySums, options?: Parameters<typeof accuracyFromSums>[1]): Estimate {
  const { estimate } = accuracyFromSums(sums, options);
  if (estimate === null) throw new Error("an estimate was expected");
  return estimate;
}

function expectSame(got: Estimate, expected: Estimate): void {
  for (const key of ["mean", "low", "high", "effectiveN", "standardError"] as const) {
    expectClose(got[key], expected[key], 1e-12);
  }
  expect(got.n).toBe(expected.n);
}

describe("accuracyFromSums", () => {
  it("agrees with the functions that see every observation", () => {
    fc.assert(
      fc.property(observations, fc.constantFrom(0.8, 0.95, 0.99), ({ correct, weights }, confidence) => {
        const got = estimateOf(accuracySumsOf(correct, weights), { confidence });
        const interval = weightedClopperPearson({ correct, weights }, confidence);
        const hajek = hajekEstimate(correct, weights);
        expectClose(got.mean, interval?.mean ?? null, 1e-12);
        expectClose(got.low, interval?.low ?? null, 1e-12);
        expectClose(got.high, interval?.high ?? null, 1e-12);
        expectClose(got.mean, hajek?.mean ?? null, 1e-12);
        expectClose(got.standardError, hajek?.standardError ?? null, 1e-12);
        expectClose(got.effectiveN, hajek?.effectiveN ?? null, 1e-12);
      }),
      { numRuns: 500 },
    );
  });

  it("holds low ≤ mean ≤ high in [0, 1] and no NaN for any confidence and any share not audited", () => {
    const share = fc.double({ min: 0, max: 0.99, noNaN: true });
    const confidence = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(observations, share, confidence, ({ correct, weights }, unauditedShare, level) => {
        const got = estimateOf(accuracySumsOf(correct, weights), { unauditedShare, confidence: level });
        expect(0 <= got.low && got.low <= got.mean && got.mean <= got.high && got.high <= 1).toBe(true);
        for (const value of Object.values(got)) expect(value).not.toBeNaN();
      }),
    );
  });

  it("does not move when weights are scaled by 7 or the parts added in another order", () => {
    fc.assert(
      fc.property(observations, observations, (one, two) => {
        const a = accuracySumsOf(one.correct, one.weights);
        const b = accuracySumsOf(two.correct, two.weights);
        const whole = estimateOf(addAccuracySums(a, b));
        expectSame(estimateOf(addAccuracySums(b, a)), whole);
        expectSame(estimateOf(scaleAccuracySums(addAccuracySums(a, b), 7)), whole);
        expectSame(
          estimateOf(accuracySumsOf([...two.correct, ...one.correct], [...two.weights, ...one.weights])),
          whole,
        );
      }),
    );
  });

  it("reads sums with rounding noise as all right", () => {
    const sums = accuracySumsOf(Array(1000).fill(1), Array(1000).fill(0.1));
    const noisy = { ...sums, sumWY: sums.sumW * (1 - 1e-14), sumW2Y: sums.sumW2 * (1 + 1e-14) };
    const exact = estimateOf(sums);
    expect(exact).toMatchObject({ mean: 1, high: 1, standardError: 0 });
    expectSame(estimateOf({ ...noisy, sumW2YY: noisy.sumW2Y }), exact);
  });

  it("answers for one observation, all right and all wrong", () => {
    expect(estimateOf(accuracySumsOf([1], [3]))).toEqual({
      mean: 1,
      boundsInterval: null,
      low: 0,
      high: 1,
      level: 0.95,
      n: 1,
      effectiveN: 1,
      standardError: null,
      method: "weighted-clopper-pearson",
      unauditedShare: 0,
      bounds: null,
      unsureShare: 0,
    });
    expect(estimateOf(accuracySumsOf([0, 0], [3, 1]))).toMatchObject({ mean: 0, low: 0, standardError: 0 });
  });

  it("says why there is no estimate", () => {
    expect(accuracyFromSums(emptyAccuracySums)).toEqual({ estimate: null, reason: "no-reviews" });
    const all = { unauditedShare: 1 };
    expect(accuracyFromSums({ ...emptyAccuracySums, maxWeight: 8 }, all).reason).toBe("no-reviews");
    const unsure = { n: 2, sumW: 9 };
    expect(accuracyFromSums(emptyAccuracySums, { unsure })).toEqual({
      estimate: null,
      reason: "only-unsure",
    });
  });

  it("widens for traffic that was not audited, and for the weight of a stratum without a review", () => {
    const sums = accuracySumsOf([1, 1, 1, 0], [1, 1, 1, 1]);
    const plain = estimateOf(sums);
    const part = estimateOf(sums, { unauditedShare: 0.2 });
    expect(part.mean).toBe(plain.mean);
    expectClose(part.low, 0.8 * plain.low, 1e-15);
    expectClose(part.high, 0.8 * plain.high + 0.2, 1e-15);
    expect(estimateOf({ ...sums, maxWeight: 2 }).low).toBeLessThan(plain.low);
    expect(estimateOf({ ...sums, maxWeight: 50 }).low).toBe(0);
  });

  it("bounds the mean by all unsure samples wrong and all right", () => {
    const sums = accuracySumsOf([1, 1, 1, 0], [2, 2, 2, 2]);
    const got = estimateOf(sums, { unsure: { n: 1, sumW: 2 } });
    expect(got.mean).toBe(0.75);
    expect(got.bounds).toEqual({ low: 0.6, high: 0.8 });
    expect(got.unsureShare).toBe(0.2);
  });

  it("takes a given standard error instead of its own", () => {
    const sums = accuracySumsOf([1, 0], [1, 1]);
    expect(estimateOf(sums).standardError).toBe(0.5);
    expect(estimateOf(sums, { standardError: 0.25 }).standardError).toBe(0.25);
    expect(estimateOf(sums, { standardError: null }).standardError).toBeNull();
  });

  it("refuses sums that no observations can have", () => {
    const good = accuracySumsOf([1, 0, 0.5], [1, 2, 3]);
    const wrong: Partial<AccuracySums>[] = [
      { n: 2.5 },
      { n: 0 },
      { n: 1 },
      { sumW: Number.NaN },
      { sumW: Infinity },
      { sumWY: -1 },
      { sumWY: 6.1 },
      { sumW2: 37 },
      { sumW2: 11.9 },
      { sumW2Y: 14.1 },
      { sumW2YY: 6 },
      { maxWeight: 2 },
    ];
    for (const change of wrong) {
      expect(() => accuracyFromSums({ ...good, ...change }), JSON.stringify(change)).toThrow(RangeError);
    }
    expect(() => accuracyFromSums(good, { unauditedShare: 1 })).toThrow("below 1");
    expect(() => accuracyFromSums(good, { unauditedShare: -0.1 })).toThrow("not audited");
    expect(() => accuracyFromSums(good, { confidence: 0 })).toThrow("confidence");
    expect(() => accuracyFromSums(good, { standardError: -1 })).toThrow("standard error");
    expect(() => accuracyFromSums(good, { unsure: { n: 0, sumW: 1 } })).toThrow("No unsure");
    expect(() => accuracyFromSums(good, { unsure: { n: 1, sumW: 1, carriedW: 2 } })).toThrow("own weight");
    expect(() => scaleAccuracySums(good, 0)).toThrow("The factor");
    expect(() => addAccuracySums(good, { ...good, n: -1 })).toThrow(RangeError);
  });
});
