import { expect, it } from "vitest";
import { effectiveProbability } from "./effective-probability";
import { samplingHasher } from "./sampling-hash";
import { seededRandom } from "./testing/seeded-random";
import { weightedClopperPearson } from "./weighted-clopper-pearson";

const seeds = 400;
const recordsPerDay = 1200;
const rates = { normal: 0.25, flagged: 0.75 };

type Stratum = keyof typeof rates;
type Sampled = { stratum: Stratum; correct: number; randomNumber: number; processed: boolean };
type Order = (open: readonly Sampled[]) => number;
type Outcome = { error: number; covered: boolean };

const oldestFirst: Order = () => 0;

const hashOrder: Order = (open) => {
  let best = 0;
  let smallest = Infinity;
  for (const [i, { randomNumber, stratum }] of open.entries()) {
    const key = randomNumber / rates[stratum];
    if (key < smallest) [best, smallest] = [i, key];
  }
  return best;
};

/** Right with 97 % in the morning and 91 % in the afternoon, flagged records 10 points less. */
function simulateDay(seed: number, next: Order): { candidates: Sampled[]; truth: number } {
  const random = seededRandom(seed);
  const numberOf = samplingHasher({ secret: "simulation", salt: "sample-v1", projectId: `day-${seed}` });
  const candidates: Sampled[] = [];
  const open: Sampled[] = [];
  let right = 0;
  let capacity = 0;
  for (let i = 0; i < recordsPerDay; i += 1) {
    const stratum: Stratum = random() < 0.1 ? "flagged" : "normal";
    const accuracy = (i < recordsPerDay / 2 ? 0.97 : 0.91) - (stratum === "flagged" ? 0.1 : 0);
    const correct = random() < accuracy ? 1 : 0;
    right += correct;
    const randomNumber = numberOf(`record-${i}`);
    if (randomNumber < rates[stratum]) {
      const sampled = { stratum, correct, randomNumber, processed: false };
      candidates.push(sampled);
      open.push(sampled);
    }
    // Reviewers keep up with half of the candidates (0.3 per record) and work all day long.
    capacity += 0.15;
    while (capacity >= 1 && open.length > 0) {
      capacity -= 1;
      for (const taken of open.splice(next(open), 1)) taken.processed = true;
    }
  }
  return { candidates, truth: right / recordsPerDay };
}

function outcomes(order: Order, useThreshold: boolean): Outcome[] {
  return Array.from({ length: seeds }, (_, seed) => {
    const { candidates, truth } = simulateDay(seed, order);
    const correct: number[] = [];
    const weights: number[] = [];
    for (const stratum of ["normal", "flagged"] as const) {
      const own = candidates.filter((candidate) => candidate.stratum === stratum);
      const { samplingProbability, usable } = effectiveProbability(rates[stratum], own);
      const used = useThreshold ? usable : own.filter((candidate) => candidate.processed);
      const probability = useThreshold ? samplingProbability : rates[stratum];
      for (const candidate of used) {
        correct.push(candidate.correct);
        weights.push(1 / probability);
      }
    }
    const estimate = weightedClopperPearson({ correct, weights });
    if (estimate === null) throw new Error("every day has usable reviews");
    return { error: estimate.mean - truth, covered: estimate.low <= truth && truth <= estimate.high };
  });
}

function summary(results: readonly Outcome[]): { bias: number; standardError: number; coverage: number } {
  const bias = results.reduce((sum, { error }) => sum + error, 0) / results.length;
  const variance = results.reduce((sum, { error }) => sum + (error - bias) ** 2, 0) / (results.length - 1);
  const coverage = results.filter(({ covered }) => covered).length / results.length;
  return { bias, standardError: Math.sqrt(variance / results.length), coverage };
}

const leastCoverage = 0.95 - 3 * Math.sqrt((0.95 * 0.05) / seeds);

it("is unbiased in hash order when half of the queue is left unfinished", () => {
  const { bias, standardError, coverage } = summary(outcomes(hashOrder, true));
  expect(Math.abs(bias)).toBeLessThan(3 * standardError);
  expect(standardError).toBeLessThan(0.002);
  expect(coverage).toBeGreaterThanOrEqual(leastCoverage);
});

it("would see a queue served oldest first, with everything processed counted at the nominal rate", () => {
  const { bias, standardError, coverage } = summary(outcomes(oldestFirst, false));
  expect(bias).toBeGreaterThan(3 * standardError);
  expect(bias).toBeGreaterThan(0.02);
  expect(coverage).toBeLessThan(0.85);
});
