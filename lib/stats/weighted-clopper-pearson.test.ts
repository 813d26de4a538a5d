import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accuracyFromSums } from "./accuracy-from-sums";
import { accuracySumsOf } from "./accuracy-sums";
import { clopperPearson } from "./clopper-pearson";
import { observations } from "./testing/observation-arbitrary";
import { expectClose, readVectors } from "./testing/vectors";
import { weightedClopperPearson } from "./weighted-clopper-pearson";

type Input = { correct: number[]; weights: number[]; confidence: number; maxWeight?: number };
type Expected = { estimate: number; lower: number; upper: number };

describe("weightedClopperPearson", () => {
  it("matches the reference values, from labels and from sums", () => {
    for (const { input, expected, tolerance } of readVectors<Input, Expected>(
      "weighted_clopper_pearson",
      18,
    )) {
      const { confidence, ...sample } = input;
      const sums = accuracySumsOf(input.correct, input.weights, input.maxWeight);
      const { estimate } = accuracyFromSums(sums, { confidence });
      for (const got of [weightedClopperPearson(sample, confidence), estimate]) {
        expectClose(got?.mean, expected.estimate, tolerance);
        expectClose(got?.low, expected.lower, tolerance);
        expectClose(got?.high, expected.upper, tolerance);
      }
    }
  });

  it("is Clopper-Pearson when all weights are equal, from three observations on", () => {
    const cell = fc.tuple(
      fc.integer({ min: 3, max: 300 }),
      fc.nat(300),
      fc.double({ min: 0.01, max: 99, noNaN: true }),
    );
    fc.assert(
      fc.property(cell, fc.constantFrom(0.8, 0.95, 0.99), ([n, wrong, weight], confidence) => {
        const right = n - Math.min(n, wrong);
        const correct = Array.from({ length: n }, (_, i) => (i < right ? 1 : 0));
        const got = weightedClopperPearson({ correct, weights: correct.map(() => weight) }, confidence);
        const exact = clopperPearson(right, n, confidence);
        expectClose(got?.low, exact?.low ?? null, 1e-11);
        expectClose(got?.high, exact?.high ?? null, 1e-11);
      }),
    );
  });

  it("does not move when weights are scaled by 7 or observations permuted", () => {
    fc.assert(
      fc.property(observations, fc.nat(), ({ correct, weights }, shift) => {
        const got = weightedClopperPearson({ correct, weights });
        const order = correct.map((_, i) => (i + shift) % correct.length).reverse();
        const permuted = {
          correct: order.map((i) => correct[i] ?? 0),
          weights: order.map((i) => weights[i] ?? 0),
        };
        for (const other of [{ correct, weights: weights.map((w) => 7 * w) }, permuted]) {
          const same = weightedClopperPearson(other);
          expectClose(same?.mean, got?.mean ?? null, 1e-12);
          expectClose(same?.low, got?.low ?? null, 1e-12);
          expectClose(same?.high, got?.high ?? null, 1e-12);
        }
      }),
    );
  });

  it("gives a limit on both sides, and 0 or 1 only where all is wrong or right", () => {
    const right = weightedClopperPearson({ correct: [1, 1, 1], weights: [5, 1, 1] });
    expect(right).toMatchObject({ mean: 1, high: 1 });
    expect(right?.low).toBeGreaterThan(0);
    const wrong = weightedClopperPearson({ correct: [0, 0, 0], weights: [5, 1, 1] });
    expect(wrong).toMatchObject({ mean: 0, low: 0 });
    expect(wrong?.high).toBeLessThan(1);
    expect(weightedClopperPearson({ correct: [1], weights: [5] })).toEqual({ mean: 1, low: 0, high: 1 });
    expect(weightedClopperPearson({ correct: [], weights: [] })).toBeNull();
  });

  it("counts wrong outputs on an exact tie however it was rounded", () => {
    const tie = weightedClopperPearson({ correct: [1, 1, 1, 0], weights: [0.1, 0.1, 0.1, 0.3] });
    const clean = weightedClopperPearson({ correct: [1, 1, 1, 0], weights: [1, 1, 1, 3] });
    expectClose(tie?.low, clean?.low ?? null, 1e-12);
    expectClose(tie?.high, clean?.high ?? null, 1e-12);
  });

  it("refuses impossible arguments", () => {
    const good = { correct: [1, 0], weights: [1, 2] };
    expect(() => weightedClopperPearson({ ...good, maxWeight: 1.5 })).toThrow("maxWeight");
    expect(() => weightedClopperPearson(good, 1)).toThrow("confidence");
    expect(() => weightedClopperPearson({ ...good, weights: [1] })).toThrow("one weight per label");
    expect(() => weightedClopperPearson({ ...good, correct: [1, 2] })).toThrow("Every label");
  });
});
