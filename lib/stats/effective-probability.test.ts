import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effectiveProbability, thresholdProbability } from "./effective-probability";

const candidate = fc.record({
  randomNumber: fc.double({ min: 0, max: 0.2, maxExcluded: true, noNaN: true }),
  processed: fc.boolean(),
});

describe("effectiveProbability", () => {
  it("is the rate when everything was processed", () => {
    const all = [0.15, 0.01].map((randomNumber) => ({ randomNumber, processed: true }));
    expect(effectiveProbability(0.2, all)).toEqual({ samplingProbability: 0.2, usable: all, surplus: [] });
    expect(effectiveProbability(0.2, []).samplingProbability).toBe(0.2);
  });

  it("stops at the first unprocessed candidate and sets aside what was processed beyond it", () => {
    const done = [0.05, 0.12, 0.01].map((randomNumber) => ({ randomNumber, processed: true }));
    const open = [0.1, 0.19].map((randomNumber) => ({ randomNumber, processed: false }));
    const result = effectiveProbability(0.2, [...done, ...open]);
    expect(result.samplingProbability).toBe(0.1);
    expect(result.usable).toEqual([done[0], done[2]]);
    expect(result.surplus).toEqual([done[1]]);
  });

  it("sets a whole cluster aside when one of its records is open", () => {
    const cluster = [true, true, false].map((processed) => ({ randomNumber: 0.07, processed }));
    const result = effectiveProbability(0.2, cluster);
    expect(result).toEqual({ samplingProbability: 0.07, usable: [], surplus: cluster.slice(0, 2) });
  });

  it("equals rate × smallest unprocessed key, in any order", () => {
    fc.assert(
      fc.property(fc.array(candidate), (candidates) => {
        const { samplingProbability, usable, surplus } = effectiveProbability(0.2, candidates);
        const keys = candidates.filter((c) => !c.processed).map((c) => c.randomNumber / 0.2);
        expect(samplingProbability).toBeCloseTo(0.2 * Math.min(1, ...keys), 15);
        expect(usable.length + surplus.length).toBe(candidates.filter((c) => c.processed).length);
        expect(usable.every((c) => c.randomNumber < samplingProbability)).toBe(true);
        expect(effectiveProbability(0.2, [...candidates].reverse()).samplingProbability).toBe(
          samplingProbability,
        );
      }),
    );
  });

  it("refuses a rate outside (0, 1] and records that are no candidates", () => {
    for (const rate of [0, 1.01, Number.NaN])
      expect(() => thresholdProbability(rate, null)).toThrow(RangeError);
    const outside = [{ randomNumber: 0.2, processed: true }];
    expect(() => effectiveProbability(0.2, outside)).toThrow("A candidate's random number");
  });
});
