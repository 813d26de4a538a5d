import { expect, it } from "vitest";
import { clopperPearson } from "./clopper-pearson";
import { modelAssistedEstimate } from "./model-assisted-estimate";
import { seededRandom } from "./testing/seeded-random";

const samples = 1000;
const leastCoverage = 0.95 - 3 * Math.sqrt((0.95 * 0.05) / samples);

/** A score that tells right from wrong outputs about as well as a usual confidence does. */
function score(random: () => number, correct: number): number {
  return correct === 1 ? 1 - 0.6 * random() ** 1.5 : 1 - Math.min(1, 0.3 + 0.7 * random());
}

type Coverage = { interval: number; normal: number; width: number; plainWidth: number; bias: number };

function coverage(n: number, accuracy: number, seed: number): Coverage {
  const random = seededRandom(seed);
  const total: Coverage = { interval: 0, normal: 0, width: 0, plainWidth: 0, bias: 0 };
  for (let sample = 0; sample < samples; sample += 1) {
    const correct = Array.from({ length: n }, () => (random() < accuracy ? 1 : 0));
    const scores = correct.map((y) => score(random, y));
    let sum = 0;
    for (let i = 0; i < 2000; i += 1) sum += score(random, random() < accuracy ? 1 : 0);
    const weights = correct.map(() => 1);
    const estimate = modelAssistedEstimate({ correct, scores, weights, populationScoreMean: sum / 2000 });
    if (estimate === null) continue;
    const { low, high, mean, standardError } = estimate;
    const plain = clopperPearson(correct.filter((y) => y === 1).length, n);
    total.interval += low <= accuracy && accuracy <= high ? 1 : 0;
    total.normal += Math.abs(mean - accuracy) <= 1.96 * (standardError ?? 0) ? 1 : 0;
    total.width += high - low;
    total.plainWidth += (plain?.high ?? 1) - (plain?.low ?? 0);
    total.bias += mean - accuracy;
  }
  for (const key of ["interval", "normal", "bias"] as const) total[key] /= samples;
  return total;
}

it("covers the truth, is unbiased, and is narrower than without the score", () => {
  for (const [n, accuracy] of [
    [50, 0.95],
    [100, 0.85],
    [200, 0.95],
  ] as const) {
    const { interval, width, plainWidth, bias } = coverage(n, accuracy, 170 + n);
    expect(interval).toBeGreaterThanOrEqual(leastCoverage);
    expect(width).toBeLessThan(0.97 * plainWidth);
    expect(Math.abs(bias)).toBeLessThan(3 * Math.sqrt((accuracy * (1 - accuracy)) / n / samples));
  }
});

it("would see an interval that is too narrow: mean ± 1.96 standard errors", () => {
  expect(coverage(50, 0.95, 171).normal).toBeLessThan(leastCoverage);
});
