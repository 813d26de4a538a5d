import { expect, it } from "vitest";
import { planRates } from "@/lib/sampling/plan-rates";
import { accuracySumsOf } from "@/lib/stats/accuracy-sums";
import { seededRandom } from "@/lib/stats/seeded-random";
import { report } from "@/lib/testing/console";
import { emptyUnsureSums } from "@/lib/stats/unsure-sums";
import { allTrafficEstimate, heldEstimate } from "./all-traffic";
import { cellEstimate, type StratumCell } from "./cell-estimate";

const RUNS = 400;
const RECORDS = 6_000;
const HELD_SHARE = 0.06;
const FLAGGED_SHARE = 0.1;
const RIGHT = { normal: 0.95, flagged: 0.85, held: 0.55 };
type Kind = keyof typeof RIGHT;

interface Stream {
  truth: { all: number; accepted: number };
  accepted: StratumCell[];
  held: StratumCell[];
}

/** A week of traffic as the product draws it: rates from the plan, fixed random numbers, reviewers who leave a part of the queue. */
function drawStream(seed: number): Stream {
  const random = seededRandom(seed);
  const records = Array.from({ length: RECORDS }, () => {
    const place = random();
    const kind: Kind =
      place < HELD_SHARE ? "held" : place < HELD_SHARE + FLAGGED_SHARE ? "flagged" : "normal";
    return { kind, right: random() < RIGHT[kind] ? 1 : 0, number: random() };
  });
  const of = (kind: Kind) => records.filter((record) => record.kind === kind);
  const plan = {
    reviewsPerWeek: 600,
    floorPerEpoch: 30,
    flaggedFactor: 3,
    rateRatioCap: 10,
    doubleReviewShare: 0,
    expectedPerDay: RECORDS / 7,
  };
  const strata = (["normal", "flagged", "held"] as const).map((kind) => ({
    id: kind,
    flagged: kind === "flagged",
    volume: of(kind).length,
    pastError: 1 - RIGHT[kind],
  }));
  const rates = planRates(plan, plan.reviewsPerWeek, strata);
  const cell = (kind: Kind): StratumCell => {
    const rate = rates.get(kind)?.rate ?? 0;
    const drawn = of(kind)
      .filter(({ number }) => number < rate)
      .sort((a, b) => a.number - b.number);
    const done = Math.round(drawn.length / 1.3);
    const effective = drawn[done]?.number ?? rate;
    const judged = drawn.slice(0, done);
    const weights = judged.map(() => 1 / effective);
    return {
      stratumId: kind,
      sums: accuracySumsOf(
        judged.map(({ right }) => right),
        weights,
        1 / effective,
      ),
      unsure: emptyUnsureSums,
      population: of(kind).length,
      unauditedPopulation: 0,
    };
  };
  const mean = (some: readonly { right: number }[]) =>
    some.reduce((sum, { right }) => sum + right, 0) / some.length;
  return {
    truth: { all: mean(records), accepted: mean(records.filter(({ kind }) => kind !== "held")) },
    accepted: [cell("normal"), cell("flagged")],
    held: [cell("held")],
  };
}

interface Judged {
  bias: number;
  error: number;
  covered: number;
}

function judge(
  of: (stream: Stream) => { estimate: { mean: number; low: number; high: number } | null },
): Judged {
  const offs: number[] = [];
  let covered = 0;
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const stream = drawStream(seed);
    const { estimate } = of(stream);
    if (!estimate) throw new Error("No estimate.");
    offs.push(estimate.mean - stream.truth.all);
    if (estimate.low <= stream.truth.all && stream.truth.all <= estimate.high) covered += 1;
  }
  const bias = offs.reduce((sum, off) => sum + off, 0) / RUNS;
  const variance = offs.reduce((sum, off) => sum + (off - bias) ** 2, 0) / (RUNS - 1);
  return { bias, error: Math.sqrt(variance / RUNS), covered: covered / RUNS };
}

it("finds the accuracy of all traffic; without quarantine it is flattered", { timeout: 60_000 }, () => {
  const all = judge(({ accepted, held }) => allTrafficEstimate({ accepted, held, unreadable: 0 }));
  expect(Math.abs(all.bias)).toBeLessThan(3 * all.error);
  expect(all.covered).toBeGreaterThanOrEqual(0.93);
  const without = judge(({ accepted }) => cellEstimate(accepted));
  expect(without.bias).toBeGreaterThan(0.02);
  expect(without.covered).toBeLessThan(0.6);
  const words = ({ bias, error, covered }: Judged) =>
    `${(100 * bias).toFixed(2)} ± ${(200 * error).toFixed(2)} points off, covered ${(100 * covered).toFixed(1)} %`;
  report(`all traffic: ${words(all)}; without quarantine: ${words(without)}`);
});

it("too few reviews of quarantine, or records that nobody can judge, are bounds and no guess", () => {
  const { accepted, held, truth } = drawStream(1);
  const [full] = held;
  if (!full) throw new Error("No quarantine.");
  const few = [{ ...full, sums: accuracySumsOf([1, 1], [10, 10], 10) }];
  expect(heldEstimate(few)).toBeNull();
  const known = cellEstimate(accepted).estimate;
  const unknown = allTrafficEstimate({ accepted, held: few, unreadable: 0 }).estimate;
  const share = full.population / RECORDS;
  expect(unknown?.unauditedShare).toBeCloseTo(share, 9);
  expect(unknown?.low).toBeCloseTo((known?.low ?? 0) * (1 - share), 9);
  expect(unknown?.high).toBeCloseTo((known?.high ?? 0) * (1 - share) + share, 9);
  expect(unknown?.low).toBeLessThan(truth.all);
  const withUnreadable = allTrafficEstimate({ accepted, held, unreadable: 300 }).estimate;
  expect(withUnreadable?.unauditedShare).toBeCloseTo(300 / (RECORDS + 300), 9);
  expect(allTrafficEstimate({ accepted: [], held: few, unreadable: 3 }).estimate).toBeNull();
});
