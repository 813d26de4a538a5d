import { expect, it } from "vitest";
import { predictionPoweredMean } from "./prediction-powered-mean";
import { expectClose, readVectors } from "./testing/vectors";

type Input = { y: number[]; yhat: number[]; yhatUnlabeled: number[]; alpha: number; lambda?: number | null };

function answer({ y, yhat, yhatUnlabeled, alpha, lambda }: Input) {
  const sample = { correct: y, scores: yhat, unlabeledScores: yhatUnlabeled };
  const confidence = 1 - alpha;
  return predictionPoweredMean(
    sample,
    typeof lambda === "number" ? { confidence, trust: lambda } : { confidence },
  );
}

it("matches the authors' estimate, trust and normal interval", () => {
  type Expected = { lambda: number; estimate: number; lower: number; upper: number };
  for (const { input, expected, tolerance } of readVectors<Input, Expected>("ppi_mean", 15)) {
    const got = answer(input);
    expectClose(got?.trust, expected.lambda, tolerance);
    expectClose(got?.mean, expected.estimate, tolerance);
    expectClose(got?.normal.low, expected.lower, tolerance);
    expectClose(got?.normal.high, expected.upper, tolerance);
  }
});

it("matches numpy and scipy in the interval by effective number", () => {
  type Expected = { nEff: number; lower: number; upper: number };
  for (const { input, expected, tolerance } of readVectors<Input, Expected>("ppi_neff_interval", 5)) {
    const got = answer(input);
    expectClose(got?.effectiveN, expected.nEff, tolerance);
    expectClose(got?.low, expected.lower, tolerance);
    expectClose(got?.high, expected.upper, tolerance);
  }
});

it("gives no more than the labels where the score says nothing, and null without enough of either", () => {
  const correct = [1, 1, 0, 1];
  const flat = { correct, scores: correct.map(() => 0.5), unlabeledScores: [0.5, 0.5] };
  expect(predictionPoweredMean(flat)).toMatchObject({ trust: 0, mean: 0.75 });
  const right = { correct: [1, 1, 1], scores: [0.2, 0.9, 0.7], unlabeledScores: [0.4, 0.6] };
  expect(predictionPoweredMean(right)).toMatchObject({ trust: 0, mean: 1, high: 1, effectiveN: 3 });
  expect(predictionPoweredMean({ ...flat, unlabeledScores: [0.5] })).toBeNull();
  expect(predictionPoweredMean({ correct: [1], scores: [1], unlabeledScores: [1, 0] })).toBeNull();
  const far = { correct: [1, 1, 0.9], scores: [0.1, 0.1, 0], unlabeledScores: [1, 1] };
  expect(predictionPoweredMean(far, { trust: 1 })).toBeNull();
});

it("refuses impossible arguments", () => {
  const good = { correct: [1, 0], scores: [0.9, 0.2], unlabeledScores: [0.5, 0.6] };
  expect(() => predictionPoweredMean({ ...good, scores: [1] })).toThrow("one score per label");
  expect(() => predictionPoweredMean({ ...good, unlabeledScores: [2, 1] })).toThrow("Every score");
  expect(() => predictionPoweredMean(good, { trust: 2 })).toThrow("trust");
  expect(() => predictionPoweredMean(good, { confidence: 1 })).toThrow("confidence");
});
