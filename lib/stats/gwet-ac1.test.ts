import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gwetAc1 } from "./gwet-ac1";
import { krippendorffAlpha } from "./krippendorff-alpha";
import { itemsOf, ratings } from "./testing/ratings-arbitrary";
import { seededRandom } from "./testing/seeded-random";
import { expectClose, readVectors } from "./testing/vectors";

type Input = { ratings: (number | null)[][]; categories: number };
type Expected = { ac1: number; se: number; agreement: number };

describe("gwetAc1", () => {
  it("matches irrCAC, with the published example of Gwet among the cases", () => {
    const cases = readVectors<Input, Expected>("gwet_ac1", 6);
    for (const { input, expected, tolerance } of cases) {
      const items = input.ratings.map((labels) => labels.filter((label) => label !== null));
      const got = gwetAc1(items, { categories: input.categories });
      expectClose(got?.ac1, expected.ac1, tolerance);
      expectClose(got?.standardError, expected.se, tolerance);
      expectClose(got?.agreement, expected.agreement, tolerance);
    }
    expect(cases[0]?.expected.ac1).toBeCloseTo(0.77544, 5);
    expect(cases[0]?.expected.se).toBeCloseTo(0.14295, 5);
  });

  it("is never NaN, at most 1, and does not care about order", () => {
    fc.assert(
      fc.property(ratings, (given) => {
        const items = itemsOf(given);
        const got = gwetAc1(items);
        expect(got === null).toBe(items.every((labels) => labels.length < 2));
        if (!got) return;
        expect(got.ac1).toBeLessThanOrEqual(1);
        expect(got.ac1).toBeGreaterThanOrEqual(-1);
        const turned = gwetAc1(items.map((labels) => labels.toReversed()).toReversed());
        expectClose(turned?.ac1, got.ac1, 1e-12);
        expectClose(turned?.standardError ?? null, got.standardError, 1e-9);
      }),
    );
  });

  it("stays high for good reviewers where nearly everything is right, and alpha does not", () => {
    const items = [
      ...Array.from({ length: 96 }, () => ["right", "right"]),
      ["right", "wrong"],
      ["wrong", "right"],
      ["right", "wrong"],
      ["wrong", "wrong"],
    ];
    expect(gwetAc1(items)?.ac1).toBeGreaterThan(0.95);
    expect(krippendorffAlpha(items)?.alpha).toBeLessThan(0.45);
    expect(gwetAc1([["right", "right"]])).toMatchObject({ ac1: 1, standardError: null, low: null });
  });

  it("covers the true value in about 95 % of samples", () => {
    const wrong = 0.1 * 0.95 + 0.9 * 0.05;
    const chance = 2 * wrong * (1 - wrong);
    const truth = (0.95 ** 2 + 0.05 ** 2 - chance) / (1 - chance);
    const random = seededRandom(62);
    let covered = 0;
    for (let run = 0; run < 1000; run += 1) {
      const items = Array.from({ length: 200 }, () => {
        const isWrong = random() < 0.1;
        const said = () => (random() < 0.05 ? !isWrong : isWrong);
        return [said(), said()];
      });
      const got = gwetAc1(items);
      if (got && (got.low ?? 9) <= truth && truth <= (got.high ?? -9)) covered += 1;
    }
    expect(covered).toBeGreaterThan(920);
    expect(covered).toBeLessThan(980);
  });

  it("has no answer without two labels of an item, and refuses impossible arguments", () => {
    expect(gwetAc1([])).toBeNull();
    expect(gwetAc1([["right"], []])).toBeNull();
    const items = [["right", "wrong", "partial"]];
    for (const categories of [1, 2, 3.5, Number.NaN]) {
      expect(() => gwetAc1(items, { categories })).toThrow("categories");
    }
    expect(() => gwetAc1(items, { confidence: 1 })).toThrow("confidence");
    const example = [
      ["right", "right"],
      ["right", "right"],
      ["right", "wrong"],
    ];
    expect(gwetAc1(example)?.ac1).toBeCloseTo(0.538, 3);
  });
});
