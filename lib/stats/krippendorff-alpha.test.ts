import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { krippendorffAlpha } from "./krippendorff-alpha";
import { itemsOf, type Ratings, ratings } from "./testing/ratings-arbitrary";
import { expectClose, readVectors } from "./testing/vectors";

type Expected = { alpha: number | null; pairableUnits: number; jackknifeSe: number | null };

/** Alpha by its coincidence matrix, the slow definition. */
function plainAlpha(items: readonly (readonly number[])[]): number | null {
  const pairs = items
    .filter((labels) => labels.length >= 2)
    .flatMap((labels) =>
      labels.flatMap((a, i) =>
        labels.flatMap((b, j) => (i === j ? [] : [{ a, b, weight: 1 / (labels.length - 1) }])),
      ),
    );
  const n = pairs.reduce((sum, { weight }) => sum + weight, 0);
  const observed = pairs.reduce((sum, { a, b, weight }) => sum + (a === b ? 0 : weight), 0);
  const values = items.filter((labels) => labels.length >= 2).flat();
  let expected = 0;
  for (const [i, a] of values.entries()) {
    for (const [j, b] of values.entries()) if (i !== j && a !== b) expected += 1;
  }
  return expected === 0 ? null : 1 - (observed * (n - 1)) / expected;
}

describe("krippendorffAlpha", () => {
  it("matches fast-krippendorff and the jackknife by deleting items", () => {
    for (const { input, expected, tolerance } of readVectors<{ ratings: Ratings }, Expected>(
      "krippendorff_alpha",
      6,
    )) {
      const items = itemsOf(input.ratings);
      const got = krippendorffAlpha(items);
      expectClose(got?.alpha ?? null, expected.alpha, tolerance);
      expectClose(got?.standardError ?? null, expected.jackknifeSe, tolerance);
      if (got) expect(got.pairableItems).toBe(expected.pairableUnits);
    }
  });

  it("equals the slow definition, in any order of items and labels, and is never NaN", () => {
    fc.assert(
      fc.property(ratings, (given) => {
        const items = itemsOf(given);
        const got = krippendorffAlpha(items);
        expectClose(got?.alpha ?? null, plainAlpha(items), 1e-10);
        const turned = krippendorffAlpha(items.map((labels) => labels.toReversed()).toReversed());
        expectClose(turned?.alpha ?? null, got?.alpha ?? null, 1e-12);
        expectClose(turned?.standardError ?? null, got?.standardError ?? null, 1e-9);
        if (got?.standardError === undefined || got.standardError === null) return;
        expect(got.low).toBeLessThanOrEqual(got.alpha);
        expect(got.high).toBeGreaterThanOrEqual(got.alpha);
      }),
    );
  });

  it("has no answer without two labels of an item or with one label only, and no interval on the edge", () => {
    expect(krippendorffAlpha([])).toBeNull();
    expect(krippendorffAlpha([["right"], ["wrong"]])).toBeNull();
    expect(
      krippendorffAlpha([
        ["right", "right"],
        ["right", "right"],
      ]),
    ).toBeNull();
    const edge = krippendorffAlpha([
      ["right", "right"],
      ["right", "wrong"],
    ]);
    expect(edge).toMatchObject({ alpha: 0, low: null, high: null, standardError: null });
  });

  it("gives the example of its comment and refuses an impossible confidence", () => {
    const items = [
      ["right", "right"],
      ["wrong", "right"],
      ["wrong", "wrong"],
    ];
    expect(krippendorffAlpha(items)?.alpha).toBeCloseTo(0.444, 3);
    expect(() => krippendorffAlpha(items, 0)).toThrow("confidence");
  });
});
