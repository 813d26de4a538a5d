import type { Ctx } from "@/lib/core/ctx";
import type { Db } from "@/lib/db/client";
import { lastDays } from "@/lib/estimate/last-days";
import { readPilot } from "@/lib/estimate/pilot-estimate";
import { readBusiest } from "@/lib/estimate/read-cells";
import type { Segment } from "@/lib/estimate/schema";
import { joinSegment, type SegmentPart, segmentParts } from "@/lib/incident/segment-part";
import { readBoundaries } from "./pilot-boundaries";
import { FEWEST_PILOT_REVIEWS } from "./pilot-rule";
import { rankSlices, type SliceFinding, type SliceRanking, type ThinSlice } from "./rank-slices";
import { readSlices } from "./read-slices";
import type { WorstSegment, WorstSegments, WorstSegmentsQuery } from "./worst-segments-schema";
import { type SliceCounts, sliceAccuracy, sliceKey } from "./slice-counts";

/** A window of the calendar: it must not depend on labels. */
const WINDOW_DAYS = 30;
/** More values are not segments but names; more attributes would make the search slow. Decided by counts alone. */
const MOST_VALUES = 200;
const MOST_ATTRIBUTES = 12;
const MOST_THIN = 20;

/**
 * Segments whose accuracy is below the boundary in a window of the calendar, the most surely worse than in the pilot first, and
 * those with too few reviews to judge. Reads the window's samples in one statement.
 */
export async function worstSegments(ctx: Ctx, query: WorstSegmentsQuery = {}): Promise<WorstSegments> {
  const { db, project } = ctx;
  const { attribute, value, from, to } = query;
  const within = segmentParts({ attribute: attribute ?? "", value: value ?? "" });
  const window = from && to ? { from, to } : await lastDays(ctx, WINDOW_DAYS);
  const [promised, busiest] = await Promise.all([
    readPromised(db, project.id),
    readBusiest(db, project.id, { phase: "PRODUCTION", period: "day", ...window }),
  ]);
  const { attributes, leftOut } = searchedAttributes(busiest, within);
  const values = busiest.filter((each) => attributes.includes(each.attribute));
  const [slices, pilots] = await Promise.all([
    readSlices(db, project.id, { ...window, attributes, within }),
    readPilot(db, project.id, [{ attribute: "", value: "" }, ...within, ...values]),
  ]);
  const known = [[], ...[...within, ...values].map((part) => [part])].flatMap((parts) => {
    const estimate = pilots.of(parts[0] ?? { attribute: "", value: "" });
    return estimate && estimate.n >= FEWEST_PILOT_REVIEWS ? [[sliceKey(parts), estimate.mean] as const] : [];
  });
  const pilot = new Map(known);
  const isInside = within.length > 0;
  const traffic = trafficOf(busiest);
  // Inside a segment its own boundary is meant, whatever its parts promise elsewhere.
  const boundary = promised.own.get(sliceKey(within)) ?? promised.boundary;
  const ranking = rankSlices({
    slices: slices.concat(isInside ? [] : unreviewed(slices, values)),
    boundary: boundary ?? 0,
    pilot: isInside ? insidePilot(pilot, within) : pilot,
    ...(isInside ? {} : { traffic, ownBoundaries: promised.own }),
  });
  const listed = shown(ranking, isInside);
  const whole = slices.find(({ parts }) => parts.length === 0);
  const wholePilot = within.length > 1 ? null : (pilot.get(sliceKey(within)) ?? null);
  return {
    ...window,
    within: isInside ? joinSegment(within) : null,
    boundary,
    reviews: whole?.observations ?? 0,
    accuracy: whole ? sliceAccuracy(whole) : null,
    pilot: wholePilot,
    attributes,
    attributes_left_out: leftOut,
    ...listed,
    ...(boundary === null ? { found: 0, findings: [], further: 0 } : {}),
  };
}

interface Promised {
  /** Null: nothing is promised, and the pilot has too few labels. */
  boundary: number | null;
  /** Of segments that have a boundary of their own. */
  own: ReadonlyMap<string, number>;
}

/** Boundaries of the newest version of what is watched; before there is one, the pilot's. */
async function readPromised(db: Db, projectId: string): Promise<Promised> {
  const plan = await db.monitorPlan.findFirst({
    where: { projectId },
    orderBy: { version: "desc" },
    select: { boundary: true, boundaries: { select: { attribute: true, value: true, boundary: true } } },
  });
  const settings = { attributes: [], floor: null, tolerance: 0.01 };
  if (!plan)
    return { boundary: (await readBoundaries(db, projectId, settings))?.boundary ?? null, own: new Map() };
  const own = plan.boundaries.map((each) => [sliceKey(segmentParts(each)), each.boundary] as const);
  return { boundary: plan.boundary, own: new Map(own) };
}

function searchedAttributes(busiest: readonly Segment[], within: readonly SegmentPart[]) {
  const counts = new Map<string, number>();
  for (const { attribute } of busiest) counts.set(attribute, (counts.get(attribute) ?? 0) + 1);
  const fixed = new Set(["", ...within.map(({ attribute }) => attribute)]);
  const divided = [...counts].filter(([attribute, values]) => !fixed.has(attribute) && values > 1);
  const fewestFirst = divided.sort(([a, m], [b, n]) => m - n || (a < b ? -1 : 1));
  const attributes = fewestFirst
    .filter(([, values]) => values <= MOST_VALUES)
    .slice(0, MOST_ATTRIBUTES)
    .map(([attribute]) => attribute)
    .sort((a, b) => (a < b ? -1 : 1));
  const leftOut = fewestFirst.map(([attribute]) => attribute).filter((each) => !attributes.includes(each));
  return { attributes, leftOut };
}

function trafficOf(busiest: readonly (Segment & { population: number })[]): Map<string, number> {
  return new Map(
    busiest.map(({ attribute, value, population }) => [
      sliceKey(attribute === "" ? [] : [{ attribute, value }]),
      population,
    ]),
  );
}

/** Values with traffic of which nobody has judged anything. */
function unreviewed(slices: readonly SliceCounts[], values: readonly Segment[]): SliceCounts[] {
  const judged = new Set(slices.map(({ parts }) => sliceKey(parts)));
  return values
    .map(({ attribute, value }) => [{ attribute, value }])
    .filter((parts) => !judged.has(sliceKey(parts)))
    .map((parts) => ({ parts, observations: 0, mass: 0, classes: [] }));
}

/** Inside a segment no value is expected to be better than the segment was. */
function insidePilot(
  pilot: ReadonlyMap<string, number>,
  within: readonly SegmentPart[],
): Map<string, number> {
  const most = Math.min(...within.map((part) => pilot.get(sliceKey([part])) ?? pilot.get(sliceKey([])) ?? 1));
  return new Map([
    [sliceKey([]), most],
    ...[...pilot].map(([key, mean]) => [key, Math.min(mean, most)] as const),
  ]);
}

type Listed = Pick<
  WorstSegments,
  "searched" | "found" | "findings" | "further" | "thin" | "thin_by_attribute" | "thin_pairs"
>;

function shown({ thin, thinPairs, findings, ...counts }: SliceRanking, isInside: boolean): Listed {
  return {
    ...counts,
    // The pilot of a value is not the pilot of its part inside another segment.
    findings: findings.map((each) => shownFinding(isInside ? { ...each, pilot: null } : each)),
    thin: thin.slice(0, MOST_THIN).map(({ parts, observations, share }) => ({
      segment: joinSegment(parts),
      reviews: observations,
      traffic_share: share,
    })),
    thin_by_attribute: thinByAttribute(thin),
    thin_pairs: thinPairs,
  };
}

function shownFinding(found: SliceFinding): WorstSegment {
  return {
    segment: joinSegment(found.parts),
    reviews: found.observations,
    accuracy: found.accuracy,
    ...found.band,
    boundary: found.boundary,
    pilot: found.pilot,
    traffic_share: found.share,
    impact: found.impact,
    log_evidence: found.logEvidence,
    false_share: found.falseShare,
  };
}

function thinByAttribute(thin: readonly ThinSlice[]): WorstSegments["thin_by_attribute"] {
  const sums = new Map<string, { attribute: string; values: number; traffic_share: number }>();
  for (const { parts, share } of thin) {
    const attribute = parts[0]?.attribute ?? "";
    const sum = sums.get(attribute) ?? { attribute, values: 0, traffic_share: 0 };
    sum.values += 1;
    sum.traffic_share = Math.min(1, sum.traffic_share + share);
    sums.set(attribute, sum);
  }
  return [...sums.values()].sort((a, b) => b.traffic_share - a.traffic_share);
}
