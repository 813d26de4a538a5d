import { expect, it } from "vitest";
import { planRates } from "@/lib/sampling/plan-rates";
import { samplingHasher } from "@/lib/stats/sampling-hash";
import { seededRandom } from "@/lib/stats/seeded-random";
import { weightedClopperPearson } from "@/lib/stats/weighted-clopper-pearson";
import { report } from "@/lib/testing/console";
import { fitWatched } from "./fit-features";
import type { OutputFacts } from "./output-facts";
import { raisedReader } from "./raise-moved";
import { raisedBins } from "./raised-bins";

const OUTPUTS = 1200;
const RUNS = 300;
const PLAN = {
  reviewsPerWeek: 700,
  floorPerEpoch: 5,
  flaggedFactor: 3,
  rateRatioCap: 10,
  doubleReviewShare: 0,
  expectedPerDay: OUTPUTS,
};

function madeOutput(random: () => number, phone: number): OutputFacts {
  const channel = random() < phone ? "phone" : random() < 0.4 ? "app" : "web";
  return { input: { channel }, output: {}, confidence: null, environment: null, latencyMs: null };
}

it("raises the bins that grew most, as long as they are not most of the traffic, and none of a finding that is over", () => {
  const gained = [
    { bin: 0, pilot: 0.5, now: 0.61 },
    { bin: 1, pilot: 0.01, now: 0.2 },
    { bin: 2, pilot: 0.1, now: 0.15 },
  ];
  const open = { feature: 4, gained, endedOn: null };
  expect([...(raisedBins([open]).get(4) ?? [])].toSorted((a, b) => a - b)).toEqual([1, 2]);
  expect(raisedBins([{ ...open, endedOn: "2026-03-01" }]).size).toBe(0);
  const many = Array.from({ length: 9 }, (_, feature) => ({ ...open, feature, gained: gained.slice(1, 2) }));
  expect([...raisedBins(many).keys()]).toEqual([0, 1]);
});

/** Right in 65 of 100 where it moved, in 95 elsewhere: a day's estimate beside that day's truth. */
function errorsOfOneDay(seed: number, isRaised: (facts: OutputFacts) => boolean) {
  const random = seededRandom(seed);
  const numberOf = samplingHasher({ secret: "simulation", salt: "sample-v1", projectId: `day-${seed}` });
  const strata = [0.7, 0.3].map((share, at) => ({
    id: String(at),
    flagged: at === 1,
    volume: share * OUTPUTS,
    pastError: 0.08,
  }));
  const rates = planRates(PLAN, 100, strata);
  const [normal = 0, raised = 0] = ["0", "1"].map((id) => rates.get(id)?.rate ?? 0);
  const drawn: { correct: number; weight: number }[] = [];
  let right = 0;
  for (let at = 0; at < OUTPUTS; at += 1) {
    const facts = madeOutput(random, 0.3);
    const moved = (facts.input as { channel: string }).channel === "phone";
    const correct = random() < (moved ? 0.65 : 0.95) ? 1 : 0;
    right += correct;
    const rate = isRaised(facts) ? raised : normal;
    if (numberOf(`output-${at}`) < rate) drawn.push({ correct, weight: 1 / rate });
  }
  const estimate = weightedClopperPearson({
    correct: drawn.map(({ correct }) => correct),
    weights: drawn.map(({ weight }) => weight),
  });
  if (!estimate) throw new Error("Nothing was drawn.");
  const truth = right / OUTPUTS;
  const plain = drawn.reduce((sum, { correct }) => sum + correct, 0) / drawn.length;
  return {
    ratio: raised / normal,
    weighted: estimate.mean - truth,
    plain: plain - truth,
    covered: estimate.low <= truth && truth <= estimate.high,
  };
}

it("leaves estimates unbiased although moved bins are drawn more often; without the weights they are not", () => {
  const random = seededRandom(81);
  const pilot = Array.from({ length: 600 }, (_, at) => ({
    facts: madeOutput(random, 0.05),
    cluster: String(at),
  }));
  const { features } = fitWatched(pilot);
  const channel = features.findIndex(({ path }) => path === "/input/channel");
  const bins = features[channel]?.bins;
  const phone = bins?.kind === "category" ? bins.values.indexOf("phone") : -1;
  const finding = { feature: channel, gained: [{ bin: phone, pilot: 0.05, now: 0.3 }], endedOn: null };
  const isRaised = raisedReader({ features }, raisedBins([finding]));
  if (!isRaised) throw new Error("Nothing is raised.");
  const days = Array.from({ length: RUNS }, (_, seed) => errorsOfOneDay(1000 + seed, isRaised));
  const mean = (of: (day: (typeof days)[number]) => number) =>
    days.reduce((sum, day) => sum + of(day), 0) / RUNS;
  const error = Math.sqrt(mean(({ weighted }) => weighted ** 2) / RUNS);
  const covered = mean((day) => Number(day.covered));
  report(
    `moved bins drawn ${days[0]?.ratio.toFixed(2)} times as often: bias ${(100 * mean(({ weighted }) => weighted)).toFixed(2)} points ` +
      `(± ${(200 * error).toFixed(2)}), covered ${(100 * covered).toFixed(1)} %; without weights ${(100 * mean(({ plain }) => plain)).toFixed(2)}`,
  );
  expect(days[0]?.ratio).toBeGreaterThan(1.5);
  expect(days[0]?.ratio).toBeLessThanOrEqual(10);
  expect(Math.abs(mean(({ weighted }) => weighted))).toBeLessThan(3 * error);
  expect(covered).toBeGreaterThanOrEqual(0.94);
  expect(mean(({ plain }) => plain)).toBeLessThan(-0.03);
});
