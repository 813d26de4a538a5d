import { describe, expect, it } from "vitest";
import { postStratifiedEstimate, type StratifiedSample } from "./post-stratified-estimate";
import { expectClose, readVectors } from "./testing/vectors";

type Expected = { estimate: number; se: number; seWithFpc: number };

describe("postStratifiedEstimate", () => {
  it("matches R survey without finite-population correction", () => {
    for (const { input, expected, tolerance } of readVectors<StratifiedSample, Expected>(
      "post_stratified",
      9,
    )) {
      const got = postStratifiedEstimate(input);
      expectClose(got?.mean, expected.estimate, tolerance);
      expectClose(got?.standardError, expected.se, tolerance);
      expect(got?.standardError).toBeGreaterThanOrEqual(expected.seWithFpc);
      expect(got?.unauditedShare).toBe(0);
    }
  });

  it("joins a stratum of one label with the closest error rate, for the standard error only", () => {
    const correct = [1, 1, 1, 0, 0, 1, 0, 0];
    const stratum = ["a", "a", "a", "a", "b", "b", "b", "single"];
    const populationCounts = { a: 400, b: 300, single: 100 };
    const got = postStratifiedEstimate({ correct, stratum, populationCounts });
    expectClose(got?.mean, (400 * 0.75 + 300 / 3) / 800, 1e-12);
    // Joined with b (mean 1/3): weights 100, 100, 100, 100 and labels 0, 1, 0, 0.
    const joined = 0.1875 / 3;
    const own = 0.1875 / 3;
    expectClose(got?.standardError, Math.sqrt(own / 4 + joined / 4), 1e-12);
  });

  it("counts strata without labels as not audited", () => {
    const populationCounts = { a: 75, b: 25 };
    const got = postStratifiedEstimate({ correct: [1, 0], stratum: ["a", "a"], populationCounts });
    expect(got).toMatchObject({ mean: 0.5, n: 2, unauditedShare: 0.25 });
    expect(postStratifiedEstimate({ correct: [], stratum: [], populationCounts })).toBeNull();
    const one = postStratifiedEstimate({ correct: [1], stratum: ["a"], populationCounts });
    expect(one).toMatchObject({ mean: 1, n: 1, standardError: null });
  });

  it("refuses impossible arguments", () => {
    const populationCounts = { a: 2 };
    expect(() => postStratifiedEstimate({ correct: [1], stratum: [], populationCounts })).toThrow(
      "one stratum",
    );
    expect(() => postStratifiedEstimate({ correct: [1], stratum: ["b"], populationCounts })).toThrow(
      "no count",
    );
    const three = { correct: [1, 1, 1], stratum: ["a", "a", "a"], populationCounts };
    expect(() => postStratifiedEstimate(three)).toThrow("cannot hold 3");
  });
});
