import { expect, test } from "vitest";
import { orderKey } from "@/lib/sampling/order-key";
import { accuracySumsOf } from "@/lib/stats/accuracy-sums";
import { effectiveProbability } from "@/lib/stats/effective-probability";
import { samplingHasher } from "@/lib/stats/sampling-hash";
import { seededRandom } from "@/lib/stats/testing/seeded-random";
import { emptyUnsureSums } from "@/lib/stats/unsure-sums";
import { report } from "@/lib/testing/console";
import { cellEstimate, type StratumCell } from "./cell-estimate";

const SEEDS = 200;
const STOPS = [0.25, 0.5, 0.75] as const;
const OUTPUTS = 1_200;
const RATES = { normal: 0.25, flagged: 0.75 };
const STRATA = ["normal", "flagged"] as const;

/**
 * No allowance for chance: the seeds are fixed, and the interval is wide by design. If 95 % were just true, 200 seeds would see
 * 190 ± 3.1 intervals that hold the truth, and half of all choices of seeds would fail.
 */
const LEAST_COVERAGE = 0.95;

type Stratum = (typeof STRATA)[number];
type Sampled = { stratum: Stratum; correct: number; randomNumber: number; processed: boolean };
type Day = { sampled: Sampled[]; populations: Record<Stratum, number>; truth: number };
type Made = { day: Day; arrivals: (Sampled | null)[] };
type Order = (open: readonly Sampled[]) => number;

const oldestFirst: Order = () => 0;

const queueOrder: Order = (open) => {
  let best = 0;
  let smallest = Infinity;
  for (const [at, { randomNumber, stratum }] of open.entries()) {
    const key = orderKey(randomNumber, RATES[stratum]);
    if (key < smallest) [best, smallest] = [at, key];
  }
  return best;
};

/** Right with 97 % until late in the afternoon and with 83 % from then on, flagged outputs 10 points less. */
function makeDay(seed: number): Made {
  const random = seededRandom(seed);
  const numberOf = samplingHasher({ secret: "any prefix", salt: "sample-v1", projectId: `day-${seed}` });
  const day: Day = { sampled: [], populations: { normal: 0, flagged: 0 }, truth: 0 };
  const arrivals = Array.from({ length: OUTPUTS }, (_, at) => {
    const stratum: Stratum = random() < 0.1 ? "flagged" : "normal";
    const accuracy = (at < (OUTPUTS * 2) / 3 ? 0.97 : 0.83) - (stratum === "flagged" ? 0.1 : 0);
    const correct = random() < accuracy ? 1 : 0;
    day.populations[stratum] += 1;
    day.truth += correct / OUTPUTS;
    const sampled = { stratum, correct, randomNumber: numberOf(`output-${at}`), processed: false };
    if (sampled.randomNumber >= RATES[stratum]) return null;
    day.sampled.push(sampled);
    return sampled;
  });
  return { day, arrivals };
}

const made = Array.from({ length: SEEDS }, (_, seed) => makeDay(seed));

/** Reviewers work all day long beside the traffic, and stop when this part of what was due is done. */
function workedUntil({ day, arrivals }: Made, part: number, next: Order): Day {
  for (const each of day.sampled) each.processed = false;
  const due = Math.round(day.sampled.length * part);
  const open: Sampled[] = [];
  let done = 0;
  for (const [at, arrived] of arrivals.entries()) {
    if (arrived) open.push(arrived);
    while (done < Math.floor((due * (at + 1)) / OUTPUTS) && open.length > 0) {
      for (const taken of open.splice(next(open), 1)) taken.processed = true;
      done += 1;
    }
  }
  expect(done).toBe(due);
  return day;
}

/** The product's estimate: what the first gap of each stratum leaves, weighted to the traffic of the strata. */
function productCell(day: Day, stratum: Stratum): StratumCell {
  const own = day.sampled.filter((each) => each.stratum === stratum);
  const { samplingProbability, usable } = effectiveProbability(RATES[stratum], own);
  return cellOf(day, stratum, usable, samplingProbability);
}

/** All that was looked at, as if any part of a queue were a random sample. */
function trustingCell(day: Day, stratum: Stratum): StratumCell {
  const own = day.sampled.filter((each) => each.stratum === stratum);
  const done = own.filter((each) => each.processed);
  return cellOf(day, stratum, done, (RATES[stratum] * done.length) / own.length);
}

function cellOf(day: Day, stratumId: Stratum, used: readonly Sampled[], probability: number): StratumCell {
  const weight = 1 / probability;
  const right = used.map(({ correct }) => correct);
  const weights = used.map(() => weight);
  const sums = accuracySumsOf(right, weights, weight);
  return {
    stratumId,
    sums,
    unsure: emptyUnsureSums,
    population: day.populations[stratumId],
    unauditedPopulation: 0,
  };
}

interface Measured {
  coverage: number;
  bias: number;
  standardError: number;
  width: number;
}

function measured(part: number, order: Order, cell: typeof productCell): Measured {
  const results = made.map((each, seed) => {
    const day = workedUntil(each, part, order);
    const { estimate } = cellEstimate(STRATA.map((stratum) => cell(day, stratum)));
    if (!estimate) throw new Error(`Nothing of day ${seed} can be used.`);
    const { mean, low, high } = estimate;
    return { error: mean - day.truth, held: low <= day.truth && day.truth <= high, width: high - low };
  });
  const average = (of: (result: (typeof results)[number]) => number) =>
    results.reduce((sum, each) => sum + of(each), 0) / SEEDS;
  const bias = average(({ error }) => error);
  const variance = average(({ error }) => (error - bias) ** 2);
  return {
    coverage: average(({ held }) => (held ? 1 : 0)),
    bias,
    standardError: Math.sqrt(variance / (SEEDS - 1)),
    width: average(({ width }) => width),
  };
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const told = (results: readonly Measured[], of: (result: Measured) => number) =>
  results.map((each) => percent(of(each))).join(", ");

test("a queue that is left at 25, 50 or 75 % of what is due gives intervals that hold the truth", () => {
  const results = STOPS.map((part) => measured(part, queueOrder, productCell));
  report(
    `any prefix, left at 25, 50, 75 % of ${SEEDS} days: intervals that hold the truth ${told(results, ({ coverage }) => coverage)}; ` +
      `width ${told(results, ({ width }) => width)}; bias ${told(results, ({ bias }) => bias)}`,
  );
  for (const { coverage, bias, standardError } of results) {
    expect(coverage).toBeGreaterThanOrEqual(LEAST_COVERAGE);
    expect(Math.abs(bias)).toBeLessThan(3 * standardError);
  }
});

test("control: the same, served oldest first, is seen", () => {
  const results = STOPS.map((part) => measured(part, oldestFirst, trustingCell));
  report(
    `any prefix, control oldest first: intervals that hold the truth ${told(results, ({ coverage }) => coverage)}; ` +
      `bias ${told(results, ({ bias }) => bias)}`,
  );
  for (const { coverage, bias, standardError } of results) {
    expect(coverage).toBeLessThan(LEAST_COVERAGE);
    expect(bias).toBeGreaterThan(3 * standardError);
  }
});
