import { describe, expect, it } from "vitest";
import { accuracyFromSums } from "./accuracy-from-sums";
import { accuracySumsOf, emptyAccuracySums } from "./accuracy-sums";
import { poststratifySums } from "./poststratify-sums";
import { spreadUnsure } from "./spread-unsure";
import { expectClose } from "./testing/vectors";
import { weightedClopperPearson } from "./weighted-clopper-pearson";

const equal = (correct: number[], weight = 1) =>
  accuracySumsOf(
    correct,
    correct.map(() => weight),
  );

describe("poststratifySums", () => {
  it("weights each stratum by its records, whatever the scale of its own weights", () => {
    const strata = [
      { population: 300, sums: equal([1, 1, 1, 0], 2) },
      { population: 100, sums: equal([1, 0], 77) },
    ];
    const { sums, ...rest } = poststratifySums(strata);
    expectClose(sums.sumW, 400, 1e-12);
    expectClose(sums.maxWeight, 75, 1e-12);
    const { estimate } = accuracyFromSums(sums, rest);
    const exact = weightedClopperPearson({ correct: [1, 1, 1, 0, 1, 0], weights: [75, 75, 75, 75, 50, 50] });
    expectClose(estimate?.mean, 0.6875, 1e-12);
    expectClose(estimate?.low, exact?.low ?? null, 1e-12);
    expectClose(estimate?.high, exact?.high ?? null, 1e-12);
    expectClose(estimate?.standardError, Math.sqrt(0.75 ** 2 * (0.25 / 4) + 0.25 ** 2 * 0.25), 1e-12);
  });

  it("keeps a stratum without a review as share not audited, with its weight in the interval", () => {
    const reviewed = { population: 80, sums: equal([1, 1, 1, 1, 1, 1, 1, 1]) };
    const silent = { population: 20, sums: { ...emptyAccuracySums, maxWeight: 20 } };
    const { sums, ...rest } = poststratifySums([reviewed, silent]);
    expect(rest.unauditedShare).toBe(0.2);
    const { estimate } = accuracyFromSums(sums, rest);
    expect(estimate).toMatchObject({ mean: 1, high: 1, unauditedShare: 0.2 });
    const without = accuracyFromSums(poststratifySums([reviewed]).sums).estimate;
    expect(estimate?.low).toBeLessThan(0.8 * (without?.low ?? 0));
  });

  it("bounds the mean over strata with different unsure shares", () => {
    const { sums, ...rest } = poststratifySums([
      { population: 600, sums: equal([1, 1, 0, 0]), unsure: { n: 2, sumW: 2 } },
      { population: 400, sums: equal([1, 1, 1, 1]) },
    ]);
    const { estimate } = accuracyFromSums(sums, rest);
    // 600 records: 200 right, 200 wrong, 200 unsure; 400 records: all right.
    expectClose(estimate?.mean, 0.7, 1e-12);
    expectClose(estimate?.bounds?.low, 0.6, 1e-12);
    expectClose(estimate?.bounds?.high, 0.8, 1e-12);
    expectClose(estimate?.unsureShare, 0.2, 1e-12);
  });

  it("counts a stratum in which nobody could judge as not audited and in the bounds", () => {
    const { sums, ...rest } = poststratifySums([
      { population: 50, sums: emptyAccuracySums, unsure: { n: 3, sumW: 9 } },
      { population: 150, sums: equal([1, 0]) },
    ]);
    expect(rest.unauditedShare).toBe(0.25);
    const { estimate } = accuracyFromSums(sums, rest);
    expect(estimate?.mean).toBe(0.5);
    expect(estimate?.bounds).toEqual({ low: 0.375, high: 0.625 });
    expect(estimate?.unsureShare).toBe(0.25);
  });

  it("answers for nothing at all", () => {
    const nothing = { sums: emptyAccuracySums, standardError: null, unauditedShare: 0 };
    expect(poststratifySums([])).toMatchObject(nothing);
    expect(poststratifySums([{ population: 0, sums: emptyAccuracySums }])).toMatchObject(nothing);
    const { sums, ...rest } = poststratifySums([{ population: 9, sums: emptyAccuracySums }]);
    expect(rest.unauditedShare).toBe(1);
    expect(accuracyFromSums(sums, rest)).toEqual({ estimate: null, reason: "no-reviews" });
  });

  it("refuses counts that contradict the reviews", () => {
    expect(() => poststratifySums([{ population: 1, sums: equal([1, 1]) }])).toThrow("cannot hold 2");
    expect(() => poststratifySums([{ population: -1, sums: emptyAccuracySums }])).toThrow("The population");
  });
});

describe("spreadUnsure", () => {
  it("multiplies by processed / (processed − unsure) and leaves mean and bounds as they were", () => {
    const sums = equal([1, 1, 1, 0]);
    const unsure = { n: 1, sumW: 1 };
    const spread = spreadUnsure(sums, unsure);
    expect(spread.sums.sumW).toBe(5);
    const before = accuracyFromSums(sums, { unsure }).estimate;
    const after = accuracyFromSums(spread.sums, { unsure: spread.unsure }).estimate;
    expectClose(after?.mean, before?.mean ?? null, 1e-12);
    expectClose(after?.bounds?.low, before?.bounds?.low ?? null, 1e-12);
    expectClose(after?.bounds?.high, before?.bounds?.high ?? null, 1e-12);
    expect(() => spreadUnsure(spread.sums, spread.unsure)).toThrow("carried already");
  });
});
