import type { Ctx } from "@/lib/core/ctx";
import { groupBy } from "@/lib/core/group-by";
import { localDay } from "@/lib/core/local-day";
import { accuracyPoints, type PointFacts } from "./accuracy-points";
import type { GoldCounts } from "@/lib/stats/gold-accuracy";
import { choosePeriod, fittingRange, type PeriodChoice } from "./choose-period";
import { correctedEstimate, recentGold } from "./corrected-estimate";
import { dueKey, readDue, readOpenHistory } from "./due-reviews";
import { periodEnd, periodStart } from "./period";
import { readPilot, shownPilot } from "./pilot-estimate";
import { readBusiest, readCells, readExtent, readTotals, segmentKey } from "./read-cells";
import type { AccuracyPoint, AccuracyReply, AccuracySeries, Period, Pilot, Segment } from "./schema";
import { readFormMarks } from "./read-form-marks";
import { readReleases } from "./read-releases";
import { gapToPilot } from "./shown-estimate";
import { isUpToDate } from "./up-to-date";

/** Fewer reviews are no finding. */
const FEWEST_FOR_NOW = 20;
const MOST_SEGMENTS = 200;

export interface SeriesQuery {
  /** "" and "" (the default) is the whole stream. */
  attribute?: string | undefined;
  value?: string | undefined;
  periodKind?: "auto" | Period | undefined;
  /** Days of the project's zone, both belong to it; by default all days with outputs. */
  from?: string | undefined;
  to?: string | undefined;
}

/** Accuracy of one segment over time, with the pilot beside it. Reads sums only: the cost does not grow with the outputs. */
export async function accuracySeries(ctx: Ctx, query: SeriesQuery): Promise<AccuracySeries> {
  const { db, project } = ctx;
  const segment: Segment = { attribute: query.attribute ?? "", value: query.value ?? "" };
  const today = localDay(ctx.now, project.timeZone);
  const [extent, totals, pilots, gold] = await Promise.all([
    readExtent(db, project.id, segment),
    readTotals(db, project.id, segment),
    readPilot(db, project.id, [segment]),
    recentGold(ctx),
  ]);
  const asked = askedRange(query, extent, today);
  const period = await periodFor(ctx, query.periodKind ?? "auto", segment, asked);
  const range = fittingRange(asked, period.period);
  const [releases, forms] = await Promise.all([readReleases(ctx, range), readFormMarks(ctx, range)]);
  const pilot = shownPilot(pilots, segment);
  const points = await readPoints(ctx, period.period, range, { segment, pilot: pilot?.estimate ?? null });
  return {
    segment,
    period,
    time_zone: project.timeZone,
    today,
    ...range,
    extent,
    points,
    pilot,
    now: currentFinding(points, pilot, gold),
    releases,
    form_versions: forms,
    totals: {
      outputs: totals.production.outputs,
      reviews: totals.production.reviews,
      pilot_outputs: totals.pilot.outputs,
      pilot_reviews: totals.pilot.reviews,
    },
  };
}

/** The same with the points of each segment value: what the read API answers. */
export async function accuracyReply(
  ctx: Ctx,
  query: SeriesQuery & { segments: "yes" | "no" },
): Promise<AccuracyReply> {
  const oneSegment = query.attribute !== undefined && query.value !== undefined;
  const { attribute, ...rest } = query;
  // Asked first: what is said to be up to date then is in the numbers that are read after it.
  const up_to_date = await isUpToDate(ctx);
  const series = { ...(await accuracySeries(ctx, oneSegment ? query : rest)), up_to_date };
  if (oneSegment || query.segments === "no") return { ...series, segments: [] };
  const { period } = series.period;
  const bounds = { from: periodStart(series.from, period), to: series.to };
  const busiest = await readBusiest(ctx.db, ctx.project.id, {
    phase: "PRODUCTION",
    period,
    ...bounds,
    ...(attribute === undefined ? {} : { attribute }),
  });
  const listed = busiest.filter((each) => each.attribute !== "").slice(0, MOST_SEGMENTS);
  const points = await readPointsOfAll(ctx, period, series, listed);
  return {
    ...series,
    segments: listed.map((each) => ({
      segment: { attribute: each.attribute, value: each.value },
      points: points.get(segmentKey(each)) ?? [],
    })),
  };
}

function askedRange(query: SeriesQuery, extent: { first: string; last: string } | null, today: string) {
  const to = query.to ?? extent?.last ?? today;
  const from = query.from ?? extent?.first ?? to;
  return { from: from <= to ? from : to, to };
}

async function periodFor(
  ctx: Ctx,
  asked: "auto" | Period,
  segment: Segment,
  range: { from: string; to: string },
): Promise<PeriodChoice> {
  if (asked !== "auto") return choosePeriod(asked, range, 0);
  const bounds = { from: periodStart(range.from, "week"), to: range.to };
  const cells = await readCells(ctx.db, ctx.project.id, {
    phase: "PRODUCTION",
    period: "week",
    ...bounds,
    segments: [segment],
    joined: true,
  });
  const reviews = cells.reduce((sum, { cell }) => sum + cell.sums.n, 0);
  return choosePeriod(asked, range, reviews);
}

async function readPoints(
  ctx: Ctx,
  period: Period,
  range: { from: string; to: string },
  { segment, pilot }: { segment: Segment; pilot: PointFacts["pilot"] },
): Promise<AccuracyPoint[]> {
  const { db, project } = ctx;
  const from = periodStart(range.from, period);
  const to = periodStart(range.to, period);
  const [cells, due, openHistory] = await Promise.all([
    readCells(db, project.id, { phase: "PRODUCTION", period, from, to, segments: [segment] }),
    readDue(db, project.id, { period, from, to: periodEnd(to, period) }, segment),
    readOpenHistory(db, project.id),
  ]);
  const facts = pointFacts(ctx, period, openHistory, segment, due);
  return accuracyPoints(cells, { ...facts, withBand: true, pilot });
}

async function readPointsOfAll(
  ctx: Ctx,
  period: Period,
  range: { from: string; to: string },
  segments: readonly Segment[],
): Promise<Map<string, AccuracyPoint[]>> {
  const { db, project } = ctx;
  const from = periodStart(range.from, period);
  const to = periodStart(range.to, period);
  const [cells, due, openHistory] = await Promise.all([
    readCells(db, project.id, { phase: "PRODUCTION", period, from, to, segments }),
    readDue(db, project.id, { period, from, to: periodEnd(to, period) }),
    readOpenHistory(db, project.id),
  ]);
  const bySegment = groupBy(cells, segmentKey);
  return new Map(
    segments.map((segment) => {
      const key = segmentKey(segment);
      const own = bySegment.get(key) ?? [];
      const facts = pointFacts(ctx, period, openHistory, segment, due);
      return [key, accuracyPoints(own, { ...facts, withBand: false, pilot: null })];
    }),
  );
}

function pointFacts(
  ctx: Ctx,
  period: Period,
  openHistory: PointFacts["openHistory"],
  segment: Segment,
  due: Map<string, number>,
): Omit<PointFacts, "withBand" | "pilot"> {
  const today = localDay(ctx.now, ctx.project.timeZone);
  return { period, today, openHistory, due: (start) => due.get(dueKey(segment, start)) ?? 0 };
}

/** The latest complete period that rests on enough reviews. */
function currentFinding(
  points: readonly AccuracyPoint[],
  pilot: Pilot | null,
  gold: GoldCounts,
): AccuracySeries["now"] {
  const found = points.findLast(
    (point) => point.state === "complete" && (point.estimate?.n ?? 0) >= FEWEST_FOR_NOW,
  );
  if (!found?.estimate) return null;
  const { start, end, estimate } = found;
  const corrected = correctedEstimate(estimate, gold);
  return { start, end, estimate, gap: gapToPilot(pilot?.estimate, estimate), corrected };
}
