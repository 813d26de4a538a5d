import { expect, it } from "vitest";
import { accuracyFromSums } from "./accuracy-from-sums";
import { accuracySumsOf } from "./accuracy-sums";
import { gapMover } from "./gap-mover";
import { mixAndRate, type SegmentSide } from "./mix-and-rate";
import { normalQuantile } from "./normal-quantile";
import { poststratifySums } from "./poststratify-sums";
import { seededRandom } from "./testing/seeded-random";

/*
 * Two model versions as the product compares them: only reviewed outputs are known, drawn with unequal probabilities, so that the
 * composition of each version's traffic is an estimate as well.
 */

const RUNS = 400;
const Z = normalQuantile(0.975);
/** The middle one of three segments is reviewed four times as often. */
const WEIGHTS = [4, 1, 4];

interface World {
  shares: readonly number[];
  accuracies: readonly number[];
  reviews: number;
}
interface Sample {
  labels: number[][];
}

function draw({ shares, accuracies, reviews }: World, random: () => number): Sample {
  const drawn = shares.map((share, s) => share / (WEIGHTS[s] ?? 1));
  const total = drawn.reduce((sum, each) => sum + each, 0);
  const labels: number[][] = shares.map(() => []);
  for (let i = 0; i < reviews; i += 1) {
    let at = random() * total;
    const s = Math.max(
      0,
      drawn.findIndex((each) => (at -= each) < 0),
    );
    labels[s]?.push(random() < (accuracies[s] ?? 0) ? 1 : 0);
  }
  return { labels };
}

const sumsOf = (labels: readonly number[], weight: number) =>
  accuracySumsOf(
    labels,
    labels.map(() => weight),
    weight,
  );

function overall({ labels }: Sample) {
  const weights = labels.flatMap((each, s) => each.map(() => WEIGHTS[s] ?? 1));
  const { estimate } = accuracyFromSums(accuracySumsOf(labels.flat(), weights, Math.max(...WEIGHTS)));
  if (!estimate) throw new Error("There are reviews.");
  return estimate;
}

function sides({ labels }: Sample, withNoise: boolean): SegmentSide[] {
  return labels.map((each, s) => {
    const weight = WEIGHTS[s] ?? 1;
    const { estimate } = accuracyFromSums(sumsOf(each, weight));
    return {
      share: each.length * weight,
      accuracy: estimate?.mean ?? null,
      standardError: estimate ? (estimate.high - estimate.low) / (2 * Z) : null,
      n: each.length,
      ...(withNoise ? { shareSquares: each.length * weight ** 2 } : {}),
    };
  });
}

function split(before: Sample, after: Sample, withNoise = true) {
  const afters = sides(after, withNoise);
  const found = mixAndRate(
    sides(before, withNoise).map((side, s) => ({
      segment: `s${s}`,
      before: side,
      after: afters[s] ?? side,
    })),
  );
  if (!found) throw new Error("Both sides are judged.");
  return found;
}

/** Both versions on the traffic of the middle between them. */
function onSameTraffic(sample: Sample, mix: readonly number[]) {
  const strata = sample.labels.map((labels, s) => ({
    population: (mix[s] ?? 0) * 1e6,
    sums: sumsOf(labels, WEIGHTS[s] ?? 1),
  }));
  const { sums, ...rest } = poststratifySums(strata);
  const { estimate } = accuracyFromSums(sums, rest);
  if (!estimate) throw new Error("There are reviews.");
  return estimate;
}

const meanOf = ({ shares, accuracies }: Pick<World, "shares" | "accuracies">) =>
  shares.reduce((sum, share, s) => sum + share * (accuracies[s] ?? 0), 0);

const EARLIER: World = { shares: [0.6, 0.3, 0.1], accuracies: [0.92, 0.75, 0.85], reviews: 400 };
/** Other traffic and other answers. */
const LATER: World = { shares: [0.4, 0.4, 0.2], accuracies: [0.9, 0.68, 0.85], reviews: 400 };

it("covers the true difference, as used and on the same traffic, in 93.5 to 97 % of samples", () => {
  const random = seededRandom(7);
  const truth = meanOf(LATER) - meanOf(EARLIER);
  const covered = { used: 0, matched: 0, mix: 0, rate: 0, narrowMix: 0 };
  const middle = EARLIER.shares.map((share, s) => (share + (LATER.shares[s] ?? 0)) / 2);
  const trueRate = meanOf({ ...LATER, shares: middle }) - meanOf({ ...EARLIER, shares: middle });
  for (let run = 0; run < RUNS; run += 1) {
    const [before, after] = [draw(EARLIER, random), draw(LATER, random)];
    const used = gapMover(overall(before), overall(after));
    if (used.low <= truth && truth <= used.high) covered.used += 1;
    const matched = gapMover(onSameTraffic(before, middle), onSameTraffic(after, middle));
    if (matched.low <= trueRate && trueRate <= matched.high) covered.matched += 1;
    const { mix, mixStandardError, rate, rateStandardError } = split(before, after);
    if (Math.abs(mix - (truth - trueRate)) <= Z * mixStandardError) covered.mix += 1;
    if (Math.abs(rate - trueRate) <= Z * rateStandardError) covered.rate += 1;
    const known = split(before, after, false);
    if (Math.abs(known.mix - (truth - trueRate)) <= Z * known.mixStandardError) covered.narrowMix += 1;
  }
  for (const name of ["used", "matched", "mix", "rate"] as const) {
    expect(covered[name] / RUNS, name).toBeGreaterThanOrEqual(0.935);
    expect(covered[name] / RUNS, name).toBeLessThanOrEqual(0.97);
  }
  // The planted fault: shares of a sample taken for counted ones.
  expect(covered.narrowMix / RUNS).toBeLessThan(0.9);
});

it("shows a pure change of traffic as traffic, and never as the model more often than chance", () => {
  const random = seededRandom(8);
  const after: World = { ...EARLIER, shares: [0.2, 0.7, 0.1] };
  let [blamed, seen] = [0, 0];
  const rates: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { mix, mixStandardError, rate, rateStandardError } = split(
      draw(EARLIER, random),
      draw(after, random),
    );
    rates.push(rate);
    if (Math.abs(rate) > Z * rateStandardError) blamed += 1;
    if (mix + Z * mixStandardError < 0) seen += 1;
  }
  expect(blamed / RUNS).toBeLessThan(0.065);
  expect(seen / RUNS).toBeGreaterThan(0.9);
  // 0.4 · (0.75 − 0.92) of the traffic, nothing of the model.
  expect(Math.abs(rates.reduce((sum, each) => sum + each, 0) / RUNS)).toBeLessThan(0.005);
});
