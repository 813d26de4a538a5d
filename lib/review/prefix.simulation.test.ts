import { expect, test } from "vitest";
import { cellEstimate, type StratumCell } from "@/lib/estimate/cell-estimate";
import { accuracySumsOf } from "@/lib/stats/accuracy-sums";
import { effectiveProbability } from "@/lib/stats/effective-probability";
import { seededRandom } from "@/lib/stats/seeded-random";

/*
 * A day whose accuracy changes at noon and differs by country. People come and go at random, some are given one country only, and
 * all of them stop at a random moment, before or after the day is over. How the queue is worked is modelled here as the statement
 * that claims does it (prefix.test.ts holds the two together); what is estimated from it is the product's own.
 */

const RUNS = 1_000;
const OUTPUTS = 900;
const RATE = { normal: 0.12, flagged: 0.4 };
const COUNTRIES = ["de", "at"] as const;

interface Item {
  stratum: keyof typeof RATE;
  country: (typeof COUNTRIES)[number];
  arrival: number;
  right: number;
  randomNumber: number;
  processed: boolean;
}

interface Reviewer {
  /** Null = everything. */
  country: Item["country"] | null;
  /** Share of the time in which they work. */
  present: number;
}

type Order = (item: Item) => number;
const byHash: Order = (item) => item.randomNumber / RATE[item.stratum];
const byArrival: Order = (item) => item.arrival;

function makeDay(random: () => number): Item[] {
  return Array.from({ length: OUTPUTS }, (_, arrival) => {
    const country = random() < 0.3 ? "at" : "de";
    const stratum = random() < 0.1 ? "flagged" : "normal";
    const accuracy =
      (arrival < OUTPUTS / 2 ? 0.96 : 0.76) -
      (country === "at" ? 0.08 : 0) -
      (stratum === "flagged" ? 0.15 : 0);
    return {
      stratum,
      country,
      arrival,
      right: random() < accuracy ? 1 : 0,
      randomNumber: random(),
      processed: false,
    };
  });
}

/** People take the first open item that they may take, again and again, until all stop. */
function workUntilStop(
  items: readonly Item[],
  people: readonly Reviewer[],
  order: Order,
  random: () => number,
): void {
  const drawn = items
    .filter((item) => item.randomNumber < RATE[item.stratum])
    .sort((a, b) => order(a) - order(b));
  const stop = Math.floor(drawn.length * (0.25 + 0.75 * random()) * 1.2);
  for (let step = 0; step < stop; step += 1) {
    const person = people[Math.floor(random() * people.length)];
    if (!person || random() >= person.present) continue;
    // What has not arrived by then cannot be served: the clock of the day runs along.
    const arrived = (step / stop) * OUTPUTS * 1.5;
    const next = drawn.find(
      (item) =>
        !item.processed &&
        item.arrival <= arrived &&
        (person.country === null || item.country === person.country),
    );
    if (next) next.processed = true;
  }
}

interface Outcome {
  error: number;
  covered: boolean;
  n: number;
}

type Estimator = (items: readonly Item[]) => Outcome | null;

/** What the product makes of it: what lies below the first that nobody has judged, at the rate that this amounts to. */
const estimated: Estimator = (items) =>
  estimateOf(items, (all, stratum) => {
    const drawn = all.filter((item) => item.randomNumber < RATE[stratum]);
    const { samplingProbability, usable } = effectiveProbability(RATE[stratum], drawn);
    return { chosen: usable, weight: 1 / samplingProbability };
  });

/** Counts whatever was judged, as if it were a sample. */
const naive: Estimator = (items) =>
  estimateOf(items, (all) => {
    const chosen = all.filter((item) => item.processed);
    return { chosen, weight: all.length / Math.max(1, chosen.length) };
  });

function estimateOf(
  items: readonly Item[],
  choose: (all: readonly Item[], stratum: Item["stratum"]) => { chosen: readonly Item[]; weight: number },
): Outcome | null {
  const cells = (["normal", "flagged"] as const).map((stratum): StratumCell => {
    const all = items.filter((item) => item.stratum === stratum);
    const { chosen, weight } = choose(all, stratum);
    return {
      stratumId: stratum,
      sums: accuracySumsOf(
        chosen.map((item) => item.right),
        chosen.map(() => weight),
      ),
      unsure: { n: 0, sumW: 0 },
      population: all.length,
      unauditedPopulation: chosen.length === 0 ? all.length : 0,
    };
  });
  const { estimate } = cellEstimate(cells);
  return estimate && outcome(items, estimate);
}

function outcome(
  items: readonly Item[],
  estimate: { mean: number; low: number; high: number; n: number },
): Outcome {
  const truth = items.reduce((sum, item) => sum + item.right, 0) / items.length;
  return {
    error: estimate.mean - truth,
    covered: estimate.low <= truth && truth <= estimate.high,
    n: estimate.n,
  };
}

function simulate(people: readonly Reviewer[], order: Order, estimate: Estimator) {
  const outcomes: Outcome[] = [];
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const random = seededRandom(seed * 7919);
    const items = makeDay(random);
    workUntilStop(items, people, order, random);
    const found = estimate(items);
    if (found) outcomes.push(found);
  }
  const bias = outcomes.reduce((sum, { error }) => sum + error, 0) / outcomes.length;
  const variance = outcomes.reduce((sum, { error }) => sum + (error - bias) ** 2, 0) / (outcomes.length - 1);
  return {
    runs: outcomes.length,
    bias,
    standardError: Math.sqrt(variance / outcomes.length),
    coverage: outcomes.filter(({ covered }) => covered).length / outcomes.length,
    n: outcomes.reduce((sum, { n }) => sum + n, 0) / outcomes.length,
  };
}
const everything = { country: null, present: 0.8 };
const TEAMS: Record<string, readonly Reviewer[]> = {
  "people who take everything": [everything, everything],
  "one for each country and one for both, with pauses": [
    { country: "de", present: 0.9 },
    { country: "at", present: 0.5 },
    { country: null, present: 0.6 },
  ],
  "one for each country": [
    { country: "de", present: 0.9 },
    { country: "at", present: 0.6 },
  ],
  "one country far behind": [
    { country: "de", present: 0.9 },
    { country: "at", present: 0.15 },
  ],
};

test.each(Object.entries(TEAMS))("any prefix is a valid sample: %s", (team, people) => {
  const found = simulate(people, byHash, estimated);
  report(team, found);
  expect(found.runs).toBeGreaterThan(RUNS * 0.99);
  expect(Math.abs(found.bias)).toBeLessThan(3 * found.standardError);
  expect(found.coverage).toBeGreaterThan(0.94);
});

test.each(Object.entries(TEAMS))("served as it arrived, it is none: %s", (team, people) => {
  const found = simulate(people, byArrival, naive);
  report(`${team}, as it arrived`, found);
  expect(found.bias).toBeGreaterThan(10 * found.standardError);
  expect(found.coverage).toBeLessThan(0.9);
});

test("nor is everything that was judged, once people are given different parts", () => {
  const found = simulate(TEAMS["one country far behind"] ?? [], byHash, naive);
  report("one country far behind, all that was judged", found);
  expect(found.bias).toBeGreaterThan(5 * found.standardError);
});

function report(what: string, { runs, bias, standardError, coverage, n }: ReturnType<typeof simulate>): void {
  const points = (share: number) => (100 * share).toFixed(2);
  process.stdout.write(
    `prefix, ${what}: ${runs} runs, bias ${points(bias)} ± ${points(standardError)} points, covered ${points(coverage)} %, ${n.toFixed(0)} reviews\n`,
  );
}
