import { expect, it } from "vitest";
import { accuracyFromSums } from "@/lib/stats/accuracy-from-sums";
import { accuracySumsOf } from "@/lib/stats/accuracy-sums";
import { report } from "@/lib/testing/console";
import { seededRandom } from "@/lib/stats/seeded-random";
import { sharedNumber, sharedProbability, sharedWeight } from "./content-share";

const RUNS = 500;
const UNITS = 1_200;
const RATE = 0.1;

interface Unit {
  members: number;
  right: number;
  numbers: number[];
}

/** Most contents come once, some dozens of times; those that come often are wrong more often. */
function drawUnits(seed: number): Unit[] {
  const random = seededRandom(seed);
  return Array.from({ length: UNITS }, () => {
    const members = random() < 0.8 ? 1 : Math.ceil(2 / (random() + 0.05));
    const right = random() < (members > 1 ? 0.75 : 0.93) ? 1 : 0;
    return { members, right, numbers: Array.from({ length: members }, () => random()) };
  });
}

/** Reviewers leave the last fifth of the queue, so that the first number that nobody judged cuts the sample off. */
function cutOff<T extends { number: number }>(drawn: readonly T[]): { judged: T[]; cut: number } {
  const inOrder = drawn.toSorted((a, b) => a.number - b.number);
  const done = Math.floor(inOrder.length * 0.8);
  return { judged: inOrder.slice(0, done), cut: inOrder[done]?.number ?? RATE };
}

/** One of each content is drawn for all. */
function together(units: readonly Unit[]) {
  const drawn = units
    .map(({ members, right, numbers }) => ({
      members,
      right,
      number: sharedNumber(numbers[0] ?? 0, members),
    }))
    .filter(({ number }) => number < RATE);
  const { judged, cut } = cutOff(drawn);
  return accuracyFromSums(
    accuracySumsOf(
      judged.map(({ right }) => right),
      judged.map(({ members }) => sharedWeight(cut, members)),
      1 / cut,
    ),
  ).estimate;
}

/** A content is drawn like any other, and its one answer is counted once for each copy. */
function eachForItself(units: readonly Unit[]) {
  const drawn = units
    .map(({ members, right, numbers }) => ({ members, right, number: numbers[0] ?? 0 }))
    .filter(({ number }) => number < RATE);
  const { judged, cut } = cutOff(drawn);
  const copies = judged.flatMap(({ members, right }) => Array.from({ length: members }, () => right));
  return accuracyFromSums(
    accuracySumsOf(
      copies,
      copies.map(() => 1 / cut),
      1 / cut,
    ),
  ).estimate;
}

/** Looks at an answer that somebody has judged already, where every copy is drawn by itself. */
function looksInVain(units: readonly Unit[]): number {
  const drawn = units.map(({ numbers }) => numbers.filter((number) => number < RATE).length);
  const looks = drawn.reduce((sum, count) => sum + count, 0);
  return (looks - drawn.filter((count) => count > 0).length) / looks;
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

function judge(estimateOf: typeof together) {
  const offs: number[] = [];
  let covered = 0;
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const units = drawUnits(seed);
    const outputs = units.reduce((sum, { members }) => sum + members, 0);
    const truth = units.reduce((sum, { members, right }) => sum + members * right, 0) / outputs;
    const estimate = estimateOf(units);
    if (!estimate) throw new Error("No estimate.");
    offs.push(estimate.mean - truth);
    if (estimate.low <= truth && truth <= estimate.high) covered += 1;
  }
  const bias = offs.reduce((sum, off) => sum + off, 0) / RUNS;
  const deviation = Math.sqrt(offs.reduce((sum, off) => sum + (off - bias) ** 2, 0) / (RUNS - 1));
  return { bias, error: deviation / Math.sqrt(RUNS), covered: covered / RUNS };
}

it("one for all of a content is unbiased with an honest range; one counted as many is not", () => {
  const one = judge(together);
  expect(Math.abs(one.bias)).toBeLessThan(3 * one.error + 0.002);
  expect(one.covered).toBeGreaterThanOrEqual(0.94);
  const each = judge(eachForItself);
  expect(each.covered).toBeLessThan(0.75);
  // Drawing copies by themselves would be right for this traffic, and a waste.
  expect(looksInVain(drawUnits(1))).toBeGreaterThan(0.2);
  report(
    `contents: ${percent(one.bias)} ± ${percent(2 * one.error)} off, covered ${percent(one.covered)}; counted by copies ${percent(each.covered)}; in vain ${percent(looksInVain(drawUnits(1)))}`,
  );
});

it("no unit weighs more than an ordinary one or than what it stands for", () => {
  for (const rate of [0.01, 0.3, 1]) {
    for (const members of [1, 2, 5, 400]) {
      expect(sharedWeight(rate, members)).toBeCloseTo(Math.max(members, 1 / rate), 9);
      expect(sharedProbability(rate, members)).toBeLessThanOrEqual(1);
    }
  }
});
