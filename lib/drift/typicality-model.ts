import { createHash } from "node:crypto";
import { binCount, binReader, type Feature } from "./feature";
import { fitFeatures } from "./fit-features";
import { type ClusteredFacts, pathReader } from "./output-facts";
import { fitTextHabit, type TextHabit } from "./text-surprise";
import { leastRank, rawScores, surpriseReader } from "./typicality-scores";

/** Two fields that say something about each other: how surprising it is to see two of their bins together. */
export interface FieldPair {
  /** Places of the two features. */
  first: number;
  second: number;
  /** By bin of the first, then of the second. */
  surprise: number[];
}

/** What an output of the pilot looks like. Made once, when the pilot's inputs are frozen; survives JSON. */
export interface TypicalityModel {
  features: Feature[];
  /** −ln of the share of each bin, by feature; for a number beyond all of the pilot's the last entry. */
  surprise: number[][];
  /** Mean surprise of each feature in the pilot. */
  usual: number[];
  pairs: FieldPair[];
  texts: TextHabit[];
  /** Scores of pilot outputs that made nothing of the above, each list ascending. */
  calibration: { total: number[]; field: number[]; pair: number[]; least: number[] };
}

export type FittedTypicality =
  | { on: true; model: TypicalityModel; calibrated: number }
  | { on: false; calibrated: number; sentence: string };

/** Below this many outputs to compare with, one in a hundred cannot be told. */
export const FEWEST_CALIBRATED = 100;
const MOST_PAIRS = 12;
const MOST_PAIRED = 60;
const MOST_TEXTS = 8;

/**
 * Learns on one half of the pilot what outputs look like and measures on the other how far they stray, so that "one in a hundred" is a
 * promise for outputs like the pilot's. Halves are divided by cluster, the same way every time.
 */
export function fitTypicality(pilot: readonly ClusteredFacts[]): FittedTypicality {
  const isFit = ({ cluster }: ClusteredFacts) =>
    ((createHash("sha256").update(cluster).digest()[0] ?? 0) & 1) === 0;
  const fit = pilot.filter(isFit);
  const calibrate = pilot.filter((each) => !isFit(each));
  if (calibrate.length < FEWEST_CALIBRATED || fit.length < FEWEST_CALIBRATED) {
    const sentence = `Off: the pilot has ${pilot.length} outputs; about ${2 * FEWEST_CALIBRATED + 50} are needed to say what is out of the ordinary.`;
    return { on: false, calibrated: calibrate.length, sentence };
  }
  const { features } = fitFeatures(fit);
  const surprise = features.map((feature) => binSurprise(feature, fit.length));
  const places = features.map((feature) => fit.map(({ facts }) => binReader(feature)(facts)));
  const usual = features.map(({ baseline }, at) => meanSurpriseOf(baseline, surprise[at] ?? []));
  const texts = features
    .filter(({ measure }) => measure === "length")
    .slice(0, MOST_TEXTS)
    .flatMap(({ path }) => fitTextHabit(path, textsOf(path, fit)) ?? []);
  const calibration = { total: [], field: [], pair: [], least: [] };
  const model = { features, surprise, usual, pairs: fitPairs(features, places), texts, calibration };
  return { on: true, model: calibrated(model, calibrate), calibrated: calibrate.length };
}

function calibrated(model: TypicalityModel, calibrate: readonly ClusteredFacts[]): TypicalityModel {
  const read = surpriseReader(model);
  const scores = calibrate.map(({ facts }) => rawScores(model, read(facts)));
  const ascending = (numbers: number[]) => numbers.sort((a, b) => a - b);
  const calibration = {
    total: ascending(scores.map(({ total }) => total)),
    field: ascending(scores.map(({ field }) => field)),
    pair: ascending(scores.map(({ pair }) => pair)),
    least: [] as number[],
  };
  calibration.least = ascending(scores.map((each) => leastRank(calibration, each)));
  return { ...model, calibration };
}

function textsOf(path: string, fit: readonly ClusteredFacts[]): string[] {
  const read = pathReader(path);
  return fit.flatMap(({ facts }) => {
    const value = read(facts);
    return typeof value === "string" ? [value] : [];
  });
}

/** An empty bin counts as half an output. */
function binSurprise({ baseline, bins }: Feature, outputs: number): number[] {
  const size = binCount(bins);
  const surprise = (count: number) => -Math.log((count + 0.5) / (outputs + size / 2));
  return [...baseline.map(surprise), surprise(0)];
}

function meanSurpriseOf(baseline: readonly number[], surprise: readonly number[]): number {
  let sum = 0;
  let all = 0;
  for (const [bin, count] of baseline.entries()) {
    sum += count * (surprise[bin] ?? 0);
    all += count;
  }
  return all === 0 ? 0 : sum / all;
}

/** The twelve pairs that tell most about each other, beyond what chance would give. */
function fitPairs(features: readonly Feature[], places: readonly (readonly number[])[]): FieldPair[] {
  const paired = features.slice(0, MOST_PAIRED);
  const found: { information: number; pair: FieldPair }[] = [];
  for (let first = 0; first < paired.length; first += 1) {
    for (let second = first + 1; second < paired.length; second += 1) {
      const pair = pairSurprise(features, places, { first, second });
      if (pair.information > 0) found.push(pair);
    }
  }
  return found
    .toSorted((a, b) => b.information - a.information)
    .slice(0, MOST_PAIRS)
    .map(({ pair }) => pair);
}

function pairSurprise(
  features: readonly Feature[],
  places: readonly (readonly number[])[],
  { first, second }: { first: number; second: number },
): { information: number; pair: FieldPair } {
  const [a, b] = [features[first]?.baseline ?? [], features[second]?.baseline ?? []];
  const here = places[first] ?? [];
  const there = places[second] ?? [];
  const counts = Array.from({ length: a.length * b.length }, () => 0);
  for (let at = 0; at < here.length; at += 1) {
    const cell = (here[at] ?? 0) * b.length + (there[at] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  const n = here.length;
  const [totalsA, totalsB] = [a.map(() => 0), b.map(() => 0)];
  for (const [cell, count] of counts.entries()) {
    const [row, column] = [Math.floor(cell / b.length), cell % b.length];
    totalsA[row] = (totalsA[row] ?? 0) + count;
    totalsB[column] = (totalsB[column] ?? 0) + count;
  }
  let information = 0;
  const surprise = counts.map((count, cell) => {
    const expected = ((totalsA[Math.floor(cell / b.length)] ?? 0) * (totalsB[cell % b.length] ?? 0)) / n;
    if (count > 0) information += (count / n) * Math.log(count / expected);
    return Math.log((expected + 1) / (count + 1));
  });
  const used = (totals: number[]) => totals.filter((total) => total > 0).length;
  information -= ((used(totalsA) - 1) * (used(totalsB) - 1)) / (2 * n);
  return { information, pair: { first, second, surprise } };
}
