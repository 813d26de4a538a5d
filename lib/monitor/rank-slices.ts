import type { SegmentPart } from "@/lib/incident/segment-part";
import { alwaysValidBand } from "@/lib/stats/always-valid-band";
import { eBenjaminiHochberg } from "@/lib/stats/e-bh";
import { evidenceFromCounts, type WeightClass } from "@/lib/stats/evidence-from-counts";
import type { Interval } from "@/lib/stats/interval";
import { boundaryError } from "@/lib/stats/pilot-boundary";
import { type SliceCounts, sliceAccuracy, sliceKey } from "./slice-counts";

/** Fewer observations are not judged; decided by counts, never by labels. */
export const FEWEST_OBSERVATIONS = 20;
/** Of the findings on average at most this share is false. */
const FALSE_SHARE = 0.1;
/** A band is drawn for so many; each further finding is only counted. */
const MOST_LISTED = 20;

/** More than this part of the traffic is rather the whole than a part: named after the others. */
const BROAD = 0.5;
const THINNEST = 0.05;

export interface SliceSearch {
  /** Slices of one calendar window, which was not chosen by looking at labels; the one without parts is all of it. */
  slices: readonly SliceCounts[];
  /** Accuracy that must not be undershot. */
  boundary: number;
  /** Of single values that have a boundary of their own, by key; of a pair counts the lower one of its two values. */
  ownBoundaries?: ReadonlyMap<string, number>;
  /** Accuracy of single values in the pilot, and of all of it, by key, where it has at least 30 labels. */
  pilot: ReadonlyMap<string, number>;
  /** Outputs of single values and of all, by key, where they were counted; else the judged ones say what they stand for. */
  traffic?: ReadonlyMap<string, number>;
}

export interface SliceFinding {
  parts: readonly SegmentPart[];
  observations: number;
  /** Weighted share of right outputs. */
  accuracy: number;
  /** Of the accuracy, at the level at which the list was found. */
  band: Interval;
  /** Accuracy that it must not undershoot. */
  boundary: number;
  /** Accuracy of a single value in the pilot; null for pairs, and with fewer than 30 labels. */
  pilot: number | null;
  /** Part of the traffic, in [0, 1]. */
  share: number;
  /** What it takes from the accuracy of all outputs: share x (boundary - accuracy). */
  impact: number;
  /** Natural logarithm of the evidence that it is below the boundary. */
  logEvidence: number;
  /** The same for being below its own pilot: the order of the list. */
  logAgainstPilot: number;
  /** Of findings as sure as this one at most so large a share is false. */
  falseShare: number;
}

export interface ThinSlice {
  parts: readonly SegmentPart[];
  observations: number;
  share: number;
}

export interface SliceRanking {
  /** Slices with enough observations, and those of them that are found to be below the boundary. */
  searched: number;
  found: number;
  /** The most surely worse than its own pilot first; without pairs that one of their values explains. */
  findings: SliceFinding[];
  /** Found and not explained, but beyond the 20 that are listed. */
  further: number;
  /** Values with too few observations, the busiest first, and the number of such pairs. */
  thin: ThinSlice[];
  thinPairs: number;
}

/**
 * Slices whose accuracy is below the boundary: e-BH over the evidence of all values and pairs with at least 20 observations, which
 * holds however slices overlap and however often one looks. What is found is ordered by the evidence that it is worse than in the
 * pilot: by the first evidence alone a slice leads that was as bad in the pilot, or simply the broadest.
 */
export function rankSlices(search: SliceSearch): SliceRanking {
  const { slices, pilot, traffic } = search;
  const share = trafficShare(slices, traffic);
  const candidates = slices.filter(({ parts }) => parts.length > 0);
  const judged = candidates.filter(({ observations }) => observations >= FEWEST_OBSERVATIONS);
  const thin = candidates.filter(({ observations }) => observations < FEWEST_OBSERVATIONS);
  const full = fullWeight(slices);
  const weighed = judged.map((slice) => ({
    slice,
    share: share(slice),
    classes: relative(slice, full),
    boundary: boundaryOf(slice.parts, search),
  }));
  const logs = weighed.map(({ classes, boundary }) => evidenceFromCounts(classes, boundaryError(boundary)));
  const rejected = eBenjaminiHochberg(logs, FALSE_SHARE);
  const falseShares = adjusted(
    rejected.map((index) => logs[index] ?? 0),
    judged.length,
  );
  const scored = rejected.flatMap((index, rank) => {
    const each = weighed[index];
    if (!each) return [];
    const expected = expectedAccuracy(each.slice.parts, pilot, each.boundary);
    const logAgainstPilot = evidenceFromCounts(each.classes, boundaryError(expected));
    const falseShare = falseShares[rank] ?? FALSE_SHARE;
    return [{ ...each, logEvidence: logs[index] ?? 0, logAgainstPilot, falseShare }];
  });
  const shown = withoutTwins(ordered(scored), judged);
  const alpha = (FALSE_SHARE * rejected.length) / Math.max(1, judged.length);
  return {
    searched: judged.length,
    found: rejected.length,
    findings: shown.slice(0, MOST_LISTED).map((each) => finding(each, { pilot, alpha })),
    further: Math.max(0, shown.length - MOST_LISTED),
    thin: thin
      .filter(({ parts }) => parts.length === 1)
      .map((slice) => ({ parts: slice.parts, observations: slice.observations, share: share(slice) }))
      .sort((a, b) => b.share - a.share),
    thinPairs: thin.filter(({ parts }) => parts.length > 1).length,
  };
}

interface Scored {
  slice: SliceCounts;
  share: number;
  boundary: number;
  classes: WeightClass[];
  logEvidence: number;
  logAgainstPilot: number;
  falseShare: number;
}

function finding(
  { slice, share, boundary, logEvidence, logAgainstPilot, falseShare }: Scored,
  { pilot, alpha }: { pilot: ReadonlyMap<string, number>; alpha: number },
): SliceFinding {
  const { parts, observations } = slice;
  const accuracy = sliceAccuracy(slice);
  return {
    parts,
    observations,
    accuracy,
    band: bandOf(slice, accuracy, alpha),
    boundary,
    pilot: pilot.get(sliceKey(parts)) ?? null,
    share,
    impact: share * (boundary - accuracy),
    logEvidence,
    logAgainstPilot,
    falseShare,
  };
}

function boundaryOf(parts: readonly SegmentPart[], { boundary, ownBoundaries }: SliceSearch): number {
  return Math.min(...parts.map((part) => ownBoundaries?.get(sliceKey([part])) ?? boundary));
}

function trafficShare(slices: readonly SliceCounts[], traffic: SliceSearch["traffic"]) {
  const judged = slices.find(({ parts }) => parts.length === 0)?.mass ?? 0;
  const all = traffic?.get(sliceKey([])) ?? 0;
  return ({ parts, mass }: SliceCounts): number => {
    const counted = parts.length === 1 ? traffic?.get(sliceKey(parts)) : undefined;
    if (counted !== undefined && all > 0) return Math.min(1, counted / all);
    return judged > 0 ? Math.min(1, mass / judged) : 0;
  };
}

/** What a slice was known to reach: its value in the pilot, of several values the lowest; else all of the pilot, or the boundary. */
function expectedAccuracy(
  parts: readonly SegmentPart[],
  pilot: ReadonlyMap<string, number>,
  boundary: number,
): number {
  const whole = pilot.get(sliceKey([])) ?? boundary;
  return Math.min(...parts.map((part) => pilot.get(sliceKey([part])) ?? whole));
}

/**
 * The weight that counts in full. A day of which hardly anything is reviewed yet would make all other weights tiny, so the thinnest
 * twentieth of the traffic counts no more than the rest.
 */
function fullWeight(slices: readonly SliceCounts[]): number {
  const whole = slices.find(({ parts }) => parts.length === 0);
  const heaviestFirst = (whole?.classes ?? []).toSorted((a, b) => b.weight - a.weight);
  let heavier = 0;
  for (const { weight, mass } of heaviestFirst) {
    heavier += mass;
    if (heavier > THINNEST * (whole?.mass ?? 0)) return weight;
  }
  return 1;
}

function relative({ classes }: SliceCounts, full: number): WeightClass[] {
  return classes.map(({ weight, error, count }) => ({ weight: Math.min(1, weight / full), error, count }));
}

/** Of outputs, not of observations: a merged cluster has the weight of all its outputs. */
function bandOf({ classes }: SliceCounts, accuracy: number, alpha: number): Interval {
  const largest = Math.max(...classes.map(({ mass, count }) => mass / count));
  const byOutputs = classes.map(({ mass, count, error }) => ({
    weight: Math.min(1, mass / count / largest),
    error,
    count,
  }));
  const { low, high } = alwaysValidBand(byOutputs, alpha) ?? { low: 0, high: 1 };
  return { low: Math.min(low, accuracy), high: Math.max(high, accuracy) };
}

/** Of logarithms in falling order: the smallest false share at which e-BH would still have found each. */
function adjusted(logs: readonly number[], searched: number): number[] {
  let least = FALSE_SHARE;
  return logs
    .map((log, rank) => Math.exp(Math.log(searched / (rank + 1)) - log))
    .reverse()
    .map((share) => (least = Math.min(least, share)))
    .reverse();
}

const ROUNDING = 1e-9;

/** Without the pairs of which a value that was found has at least as much evidence; a pair that stays is the cause in its values. */
function ordered(scored: readonly Scored[]): Scored[] {
  const values = new Map(scored.map((each) => [sliceKey(each.slice.parts), each]));
  const placed = scored.flatMap((each) => {
    const { parts } = each.slice;
    const own = parts.length > 1 ? parts.flatMap((part) => values.get(sliceKey([part])) ?? []) : [];
    if (own.some(({ logEvidence }) => logEvidence >= each.logEvidence - ROUNDING)) return [];
    const before = own.filter((value) => !isBroad(value)).map(({ logAgainstPilot }) => logAgainstPilot);
    return [{ each, place: Math.max(each.logAgainstPilot, ...before) }];
  });
  return placed
    .sort(
      (a, b) =>
        Number(isBroad(a.each)) - Number(isBroad(b.each)) ||
        b.place - a.place ||
        b.each.slice.parts.length - a.each.slice.parts.length,
    )
    .map(({ each }) => each);
}

const isBroad = ({ share }: Scored) => share > BROAD;

/** Two values that all their outputs have in common are one segment under two names: the first stays. */
function withoutTwins(found: readonly Scored[], judged: readonly SliceCounts[]): Scored[] {
  const observations = new Map(judged.map((slice) => [sliceKey(slice.parts), slice.observations]));
  const kept: Scored[] = [];
  for (const each of found) {
    const { parts, observations: n } = each.slice;
    const isTwin = kept.some(
      ({ slice }) =>
        parts.length === 1 &&
        slice.parts.length === 1 &&
        slice.observations === n &&
        observations.get(sliceKey([...parts, ...slice.parts])) === n,
    );
    if (!isTwin) kept.push(each);
  }
  return kept;
}
