import { expect, test } from "vitest";
import { seededRandom } from "@/lib/stats/testing/seeded-random";
import { report } from "@/lib/testing/console";
import { FEWEST_OBSERVATIONS, rankSlices, type SliceFinding } from "./rank-slices";
import { type SearchedSample, type SliceCounts, sliceAccuracy, sliceCounts, sliceKey } from "./slice-counts";

/** 18 values and 119 pairs of them. */
const VALUES = { a: 6, b: 5, c: 4, d: 3 } as const;
const FINE = 0.95;
const [REVIEWS, PILOT_LABELS, RUNS] = [1_200, 1_000, 150];

type Accuracy = (segments: Record<string, string>) => number;
const fine: Accuracy = () => FINE;
const badValue: Accuracy = ({ a }) => (a === "0" ? FINE - 0.1 : FINE);
const badPair =
  (drop: number): Accuracy =>
  ({ b, c }) =>
    b === "0" && c === "0" ? FINE - drop : FINE;

function draw(accuracy: Accuracy, count: number, random: () => number): SliceCounts[] {
  const samples = Array.from({ length: count }, (): SearchedSample => {
    const segments: Record<string, string> = {};
    for (const [attribute, values] of Object.entries(VALUES))
      segments[attribute] = String(Math.floor(random() * values));
    return { segments, cluster: null, weight: 1, score: random() < accuracy(segments) ? 1 : 0 };
  });
  return sliceCounts(samples);
}

function pilotOf(slices: readonly SliceCounts[]): Map<string, number> {
  const known = slices.filter(({ parts, observations }) => parts.length < 2 && observations >= 30);
  return new Map(known.map((slice) => [sliceKey(slice.parts), sliceAccuracy(slice)]));
}

const nameOf = ({ parts }: Pick<SliceFinding, "parts">) =>
  parts.map(({ attribute, value }) => `${attribute}${value}`).join("");

/** The opposite of what is done: the lowest accuracy first. */
function lowestAccuracy(slices: readonly SliceCounts[]): string {
  const judged = slices.filter(
    (slice) => slice.parts.length > 0 && slice.observations >= FEWEST_OBSERVATIONS,
  );
  const [first] = judged.sort((a, b) => sliceAccuracy(a) - sliceAccuracy(b));
  return first ? nameOf(first) : "";
}

function search(accuracy: Accuracy, culprit: string) {
  const random = seededRandom(11);
  const tally = { any: 0, listed: 0, first: 0, lowestFirst: 0, searched: 0, milliseconds: 0 };
  for (let run = 0; run < RUNS; run += 1) {
    const pilot = pilotOf(draw(fine, PILOT_LABELS, random));
    const slices = draw(accuracy, REVIEWS, random);
    const from = performance.now();
    const { found, findings, searched } = rankSlices({ slices, pilot, boundary: FINE });
    tally.milliseconds += performance.now() - from;
    tally.searched += searched;
    if (found > 0) tally.any += 1;
    if (findings.some((finding) => nameOf(finding) === culprit)) tally.listed += 1;
    if (findings[0] && nameOf(findings[0]) === culprit) tally.first += 1;
    if (lowestAccuracy(slices) === culprit) tally.lowestFirst += 1;
  }
  report(
    `of ${RUNS} searches in about ${Math.round(tally.searched / RUNS)} slices: something found in ${tally.any}, the culprit in ` +
      `${tally.listed}, first in ${tally.first} (by lowest accuracy in ${tally.lowestFirst}); ${(tally.milliseconds / RUNS).toFixed(1)} ms each`,
  );
  return tally;
}

test("where nothing is bad, hardly ever is something found", () => {
  const { any, searched } = search(fine, "");
  expect(searched / RUNS).toBeGreaterThan(135);
  expect(any).toBeLessThanOrEqual(0.04 * RUNS);
});

test("a value that is ten points worse comes first, where the lowest accuracy is that of a small pair", () => {
  const { any, listed, first, lowestFirst } = search(badValue, "a0");
  expect(listed).toBeGreaterThan(0.7 * RUNS);
  expect(first).toBeGreaterThan(0.8 * any);
  expect(lowestFirst).toBeLessThan(0.05 * RUNS);
});

test.each([
  [0.2, 0.7, 0.88],
  [0.35, 0.98, 0.92],
])("a pair with 1/20 of the traffic that loses %d comes first", (drop, found, leads) => {
  const { any, listed, first } = search(badPair(drop), "b0c0");
  expect(listed).toBeGreaterThan(found * RUNS);
  expect(first).toBeGreaterThan(leads * any);
});
