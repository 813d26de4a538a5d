import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hajekEstimate } from "./hajek-estimate";
import { differenceEstimate, modelAssistedEstimate } from "./model-assisted-estimate";
import { observations } from "./testing/observation-arbitrary";
import { expectClose, readVectors } from "./testing/vectors";

type Input = { correct: number[]; score: number[]; pi: number[]; populationScoreMean: number };
type Expected = {
  slope: number;
  estimateUnclipped: number;
  seUnclipped: number;
  lambdaClipped: number;
  estimate: number;
  se: number;
  nEff: number;
  lower: number;
  upper: number;
};

const scored = fc
  .tuple(observations, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat())
  .map(([sample, populationScoreMean, seed]) => ({
    ...sample,
    scores: sample.correct.map((y, i) => (y + (Math.imul(i + 1, seed) >>> 0) / 2 ** 32) / 2),
    populationScoreMean,
  }));

describe("modelAssistedEstimate", () => {
  it("matches calibrate of R survey, and its interval numpy", () => {
    for (const { input, expected, tolerance } of readVectors<Input, Expected>("greg_difference", 6)) {
      const { correct, score: scores, pi, populationScoreMean } = input;
      const sample = {
        correct,
        scores,
        weights: pi.map((probability) => 1 / probability),
        populationScoreMean,
      };
      const got = modelAssistedEstimate(sample);
      expectClose(got?.slope, expected.slope, tolerance);
      expectClose(got?.trust, expected.lambdaClipped, tolerance);
      expectClose(got?.mean, expected.estimate, tolerance);
      expectClose(got?.standardError, expected.se, tolerance);
      expectClose(got?.effectiveN, expected.nEff, tolerance);
      expectClose(got?.low, expected.lower, tolerance);
      expectClose(got?.high, expected.upper, tolerance);
      const unclipped = differenceEstimate(sample, expected.slope);
      expectClose(unclipped.mean, expected.estimateUnclipped, tolerance);
      expectClose(unclipped.standardError, expected.seUnclipped, tolerance);
    }
  });

  it("gives numbers within limits, or null, and does not move when weights are scaled by 7", () => {
    let answers = 0;
    fc.assert(
      fc.property(scored, (sample) => {
        const got = modelAssistedEstimate(sample);
        const other = modelAssistedEstimate({ ...sample, weights: sample.weights.map((w) => 7 * w) });
        expectClose(other?.low ?? null, got?.low ?? null, 1e-9);
        expectClose(other?.high ?? null, got?.high ?? null, 1e-9);
        if (got === null) return;
        answers += 1;
        for (const value of Object.values(got)) expect(value).not.toBeNaN();
        expect(got.low).toBeGreaterThanOrEqual(0);
        expect(got.low).toBeLessThanOrEqual(got.mean + 1e-12);
        expect(got.high).toBeGreaterThanOrEqual(got.mean - 1e-12);
        expect(got.high).toBeLessThanOrEqual(1);
      }),
    );
    expect(answers).toBeGreaterThan(30);
  });

  it("is the plain estimate where the score says nothing, or all labels are equal", () => {
    const [correct, weights] = [
      [1, 1, 0, 1, 0.5],
      [1, 2, 3, 1, 1],
    ];
    const plain = hajekEstimate(correct, weights);
    const flat = { correct, weights, scores: correct.map(() => 0.7), populationScoreMean: 0.9 };
    expect(modelAssistedEstimate(flat)).toMatchObject({ trust: 0, slope: 0 });
    expectClose(modelAssistedEstimate(flat)?.mean, plain?.mean ?? null, 1e-14);
    expectClose(modelAssistedEstimate(flat)?.standardError, plain?.standardError ?? null, 1e-14);
    const opposite = { ...flat, scores: correct.map((y) => 1 - y) };
    expect(modelAssistedEstimate(opposite)).toMatchObject({ trust: 0, mean: plain?.mean });
    const right = { ...flat, correct: correct.map(() => 1), scores: [0.1, 0.5, 0.2, 0.9, 1] };
    expect(modelAssistedEstimate(right)).toMatchObject({ mean: 1, high: 1, effectiveN: 64 / 16 });
    // The shares of these weights add up to 1 − 2e-16.
    const weightsOfTenths = Array.from({ length: 7 }, (_, i) => 0.1 * (1 + (i % 3)));
    const tenths = {
      correct: weightsOfTenths.map(() => 1),
      weights: weightsOfTenths,
      scores: weightsOfTenths.map((_, i) => i / 7),
      populationScoreMean: 1,
    };
    expect(modelAssistedEstimate(tenths)).toMatchObject({ mean: 1, slope: 0, high: 1 });
    const one = { correct: [1], weights: [2], scores: [0.3], populationScoreMean: 0.5 };
    expect(modelAssistedEstimate(one)).toMatchObject({ mean: 1, standardError: null, effectiveN: 1 });
  });

  it("has no answer without labels or where the score leads out of 0 to 1", () => {
    const none = { correct: [], weights: [], scores: [], populationScoreMean: 0.5 };
    expect(modelAssistedEstimate(none)).toBeNull();
    const far = {
      correct: [1, 1, 1, 0],
      weights: [1, 1, 1, 1],
      scores: [0.5, 0.5, 0.5, 0.1],
      populationScoreMean: 1,
    };
    expect(modelAssistedEstimate(far)).toBeNull();
  });

  it("refuses impossible arguments", () => {
    const good = { correct: [1, 0], weights: [1, 2], scores: [0.9, 0.2], populationScoreMean: 0.5 };
    expect(() => modelAssistedEstimate({ ...good, scores: [0.9] })).toThrow("one score per label");
    expect(() => modelAssistedEstimate({ ...good, scores: [0.9, 2] })).toThrow("Every score");
    expect(() => modelAssistedEstimate({ ...good, populationScoreMean: Number.NaN })).toThrow("mean score");
    expect(() => modelAssistedEstimate({ ...good, weights: [1, 0] })).toThrow("Every weight");
    expect(() => modelAssistedEstimate(good, 0)).toThrow("confidence");
  });
});
