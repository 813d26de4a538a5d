import { expect, it } from "vitest";
import { accuracyFromSums } from "./accuracy-from-sums";
import { accuracySumsOf } from "./accuracy-sums";
import { hajekEstimate } from "./hajek-estimate";
import { seededRandom } from "./testing/seeded-random";

const samples = 1000;
const leastCoverage = 0.95 - 3 * Math.sqrt((0.95 * 0.05) / samples);

type Design = {
  n: number;
  /** How many times the normal rate flagged records are sampled: the ratio of the weights. */
  factor: number;
  flaggedShare: number;
  accuracy: number;
  /** Error rate of flagged records over that of normal ones. */
  errorRatio: number;
};

function designs(): Design[] {
  const all: Design[] = [];
  for (const n of [20, 50, 100, 300])
    for (const factor of [1, 5, 10, 20])
      for (const flaggedShare of [0.05, 0.15])
        for (const accuracy of [0.8, 0.9, 0.95, 0.99])
          for (const errorRatio of [1, 3]) all.push({ n, factor, flaggedShare, accuracy, errorRatio });
  return all;
}

function drawSample(design: Design, random: () => number): { correct: number[]; weights: number[] } {
  const { n, factor, flaggedShare: s, accuracy, errorRatio } = design;
  const normalError = (1 - accuracy) / (1 - s + s * errorRatio);
  const sampledFlagged = (s * factor) / (1 - s + s * factor);
  const correct: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < n; i += 1) {
    const flagged = random() < sampledFlagged;
    correct.push(random() < normalError * (flagged ? errorRatio : 1) ? 0 : 1);
    weights.push(flagged ? 1 : factor);
  }
  return { correct, weights };
}

it("covers the truth in at least 95 % of samples in every design", () => {
  const random = seededRandom(20);
  const coverages = designs().map((design) => {
    let covered = 0;
    for (let sample = 0; sample < samples; sample += 1) {
      const { correct, weights } = drawSample(design, random);
      const { estimate } = accuracyFromSums(accuracySumsOf(correct, weights, design.factor));
      if (estimate && estimate.low <= design.accuracy && design.accuracy <= estimate.high) covered += 1;
    }
    return { ...design, coverage: covered / samples };
  });
  expect(coverages).toHaveLength(256);
  expect(coverages.filter(({ coverage }) => coverage < leastCoverage)).toEqual([]);
});

it("would see an interval that is too narrow: mean ± 1.96 standard errors", () => {
  const random = seededRandom(21);
  const design: Design = { n: 50, factor: 10, flaggedShare: 0.15, accuracy: 0.95, errorRatio: 3 };
  let covered = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    const { correct, weights } = drawSample(design, random);
    const estimate = hajekEstimate(correct, weights);
    const half = 1.96 * (estimate?.standardError ?? 0);
    if (estimate && Math.abs(estimate.mean - design.accuracy) <= half) covered += 1;
  }
  expect(covered / samples).toBeLessThan(leastCoverage - 0.05);
});
