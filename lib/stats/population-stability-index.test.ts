import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { populationStabilityIndex } from "./population-stability-index";
import { binnedSample } from "./testing/binned-sample";
import { type Bins, bins } from "./testing/bins-arbitrary";
import { seededRandom } from "./testing/seeded-random";
import { expectClose, readVectors } from "./testing/vectors";

describe("populationStabilityIndex", () => {
  it("matches SciPy's relative entropies", () => {
    const cases = readVectors<Bins, { psi: number; noiseFloor: number }>("psi", 7);
    for (const { input, expected, tolerance } of cases) {
      const got = populationStabilityIndex(input.production, input.baseline);
      expectClose(got?.index, expected.psi, tolerance);
      expectClose(got?.noiseFloor, expected.noiseFloor, tolerance);
    }
  });

  it("is finite and at least 0, and does not care about the order of the bins", () => {
    fc.assert(
      fc.property(bins, ({ production, baseline }) => {
        const got = populationStabilityIndex(production, baseline);
        if (got === null) return;
        expect(got.index).toBeGreaterThanOrEqual(0);
        expect(got.index).toBeLessThan(Infinity);
        const turned = populationStabilityIndex(production.toReversed(), baseline.toReversed());
        expectClose(turned?.index, got.index, 1e-12);
      }),
    );
    expect(populationStabilityIndex([3, 4], [3, 4])?.index).toBe(0);
  });

  it("has the noise floor as its mean without drift", () => {
    const random = seededRandom(31);
    const shares = Array.from({ length: 10 }, () => 0.1);
    let sum = 0;
    let squares = 0;
    const runs = 2000;
    for (let run = 0; run < runs; run += 1) {
      const production = binnedSample(shares, 100, random);
      const { index } = populationStabilityIndex(production, binnedSample(shares, 1000, random)) ?? {
        index: 9,
      };
      sum += index;
      squares += index * index;
    }
    const mean = sum / runs;
    const standardError = Math.sqrt((squares / runs - mean * mean) / runs);
    const floor = 9 * (1 / 100 + 1 / 1000);
    expect(standardError).toBeLessThan(0.02 * floor);
    expect(Math.abs(mean - floor)).toBeLessThan(0.05 * floor);
  });

  it("has no answer when a side is empty", () => {
    expect(populationStabilityIndex([0, 0], [1, 2])).toBeNull();
    expect(populationStabilityIndex([1, 2], [0, 0])).toBeNull();
    expect(populationStabilityIndex([], [])).toBeNull();
  });

  it("refuses impossible counts", () => {
    expect(() => populationStabilityIndex([1], [1, 2])).toThrow("the same bins");
    expect(() => populationStabilityIndex([-1, 2], [1, 2])).toThrow("Every production count");
    expect(() => populationStabilityIndex([1, 2], [1, Number.NaN])).toThrow("Every baseline count");
    expect(() => populationStabilityIndex([1e308, 1e308], [1, 1])).toThrow("must be finite");
  });
});
