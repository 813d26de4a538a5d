import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jensenShannonDistance } from "./jensen-shannon-distance";
import { type Bins, bins } from "./testing/bins-arbitrary";
import { expectClose, readVectors } from "./testing/vectors";

describe("jensenShannonDistance", () => {
  it("matches SciPy in base 2", () => {
    for (const { input, expected, tolerance } of readVectors<Bins, { distance: number; divergence: number }>(
      "js",
      7,
    )) {
      const distance = jensenShannonDistance(input.production, input.baseline);
      expectClose(distance, expected.distance, tolerance);
      expectClose((distance ?? 0) ** 2, expected.divergence, tolerance);
    }
  });

  it("is symmetric, in 0 to 1, and does not care about the scale of the counts", () => {
    fc.assert(
      fc.property(bins, ({ production, baseline }) => {
        const distance = jensenShannonDistance(production, baseline);
        if (distance === null) return;
        expect(distance).toBeGreaterThanOrEqual(0);
        expect(distance).toBeLessThanOrEqual(1);
        expectClose((jensenShannonDistance(baseline, production) ?? 9) ** 2, distance ** 2, 1e-12);
        const scaled = jensenShannonDistance(
          production.map((count) => 7 * count),
          baseline,
        );
        expectClose((scaled ?? 9) ** 2, distance ** 2, 1e-12);
      }),
    );
    expect(jensenShannonDistance([3, 4], [3, 4])).toBe(0);
    expect(jensenShannonDistance([10, 0], [0, 10])).toBe(1);
  });

  it("has no answer when a side is empty, and refuses impossible counts", () => {
    expect(jensenShannonDistance([0, 0], [1, 2])).toBeNull();
    expect(jensenShannonDistance([1, 2], [0, 0])).toBeNull();
    expect(() => jensenShannonDistance([1, 2], [1])).toThrow("the same bins");
    expect(() => jensenShannonDistance([1, Infinity], [1, 1])).toThrow("Every production count");
  });
});
