import type { Ctx } from "@/lib/core/ctx";
import { groupBy } from "@/lib/core/group-by";
import { localDay } from "@/lib/core/local-day";
import { allTrafficEstimate } from "./all-traffic";
import { cellEstimate, cellMean, type StratumCell } from "./cell-estimate";
import { readDue } from "./due-reviews";
import { addDays, periodStart } from "./period";
import { type PilotEstimates, readPilot } from "./pilot-estimate";
import { readBusiest, readCells, segmentKey, type StoredCell } from "./read-cells";
import type { Segment, SegmentRow, SegmentTable } from "./schema";
import { gapToPilot, shownEstimate } from "./shown-estimate";
import { countUnreadable } from "./traffic-figures";
import { type TableWindow, tableWindow, windowBounds } from "./table-window";

/** The busiest are listed; each is one more comparison with the pilot. */
const MOST_ROWS = 100;
const SPARK_WEEKS = 26;
const OVERALL: Segment = { attribute: "", value: "" };

export interface TableQuery {
  /** Only the values of this attribute. */
  attribute?: string | undefined;
  /** Days of the project's zone, both belong to it. */
  from: string;
  to: string;
}

/** Every segment value with its accuracy in one window, its distance from the pilot, and its recent weeks. */
export async function segmentTable(ctx: Ctx, query: TableQuery): Promise<SegmentTable> {
  const { db, project } = ctx;
  const window = tableWindow(query, localDay(ctx.now, project.timeZone));
  const bounds = windowBounds(window);
  const busiest = await readBusiest(db, project.id, {
    phase: "PRODUCTION",
    period: window.period,
    ...bounds,
    ...(query.attribute === undefined ? {} : { attribute: query.attribute }),
  });
  const values = busiest.filter(({ attribute }) => attribute !== "");
  const segments = [OVERALL, ...values.slice(0, MOST_ROWS)];
  const facts = await readFacts(ctx, window, segments);
  const total = busiest.find(({ attribute }) => attribute === "")?.population ?? 0;
  const [overall, ...rows] = segments.map((segment) => segmentRow(segment, total, facts));
  return {
    from: window.from,
    to: window.to,
    attributes: [...new Set(values.map(({ attribute }) => attribute))].sort(),
    overall: overall ?? segmentRow(OVERALL, total, facts),
    rows,
    left_out: Math.max(0, values.length - MOST_ROWS),
  };
}

interface Facts {
  cells: Map<string, StratumCell[]>;
  held: Map<string, StratumCell[]>;
  /** In quarantine, of no segment that anybody knows. */
  unreadable: number;
  spark: Map<string, StoredCell[]>;
  due: Map<string, number>;
  pilot: PilotEstimates;
}

async function readFacts(ctx: Ctx, window: TableWindow, segments: readonly Segment[]): Promise<Facts> {
  const { db, project } = ctx;
  const lastWeek = periodStart(window.to, "week");
  const sparkFrom = [periodStart(window.from, "week"), addDays(lastWeek, -7 * (SPARK_WEEKS - 1))]
    .sort()
    .at(-1);
  const bounds = windowBounds(window);
  const query = { period: window.period, ...bounds, segments, joined: true };
  const [cells, held, unreadable, spark, waiting, pilot] = await Promise.all([
    readCells(db, project.id, { phase: "PRODUCTION", ...query }),
    readCells(db, project.id, { phase: "HELD", ...query }),
    countUnreadable(ctx, window),
    readCells(db, project.id, {
      phase: "PRODUCTION",
      period: "week",
      from: sparkFrom ?? lastWeek,
      to: lastWeek,
      segments,
    }),
    readDue(db, project.id, window),
    readPilot(db, project.id, segments),
  ]);
  const due = new Map<string, number>();
  for (const [text, count] of waiting) {
    const [attribute = "", value = ""] = JSON.parse(text) as string[];
    const key = segmentKey({ attribute, value });
    due.set(key, (due.get(key) ?? 0) + count);
  }
  return {
    cells: cellsBySegment(cells),
    held: cellsBySegment(held),
    unreadable,
    spark: groupBy(spark, segmentKey),
    due,
    pilot,
  };
}

function cellsBySegment(cells: readonly StoredCell[]): Map<string, StratumCell[]> {
  return new Map(
    [...groupBy(cells, segmentKey)].map(([key, own]) => [key, own.map(({ cell }) => cell)] as const),
  );
}

/** Records that nobody can read count for the whole stream alone. */
function allTraffic(segment: Segment, { cells, held, unreadable }: Facts): SegmentRow["all_traffic"] {
  const key = segmentKey(segment);
  const parts = {
    accepted: cells.get(key) ?? [],
    held: held.get(key) ?? [],
    unreadable: segment.attribute === "" ? unreadable : 0,
  };
  const records = parts.held.reduce((sum, cell) => sum + cell.population, 0) + parts.unreadable;
  if (records === 0) return null;
  const { estimate } = allTrafficEstimate(parts);
  return { held: records, estimate: estimate && shownEstimate(estimate) };
}

function segmentRow({ attribute, value }: Segment, total: number, facts: Facts): SegmentRow {
  const segment = { attribute, value };
  const key = segmentKey(segment);
  const { estimate, population } = cellEstimate(facts.cells.get(key) ?? []);
  const shown = estimate ? shownEstimate(estimate) : null;
  const pilot = facts.pilot.of(segment);
  return {
    segment,
    population,
    traffic_share: total > 0 ? Math.min(1, population / total) : 0,
    estimate: shown,
    all_traffic: allTraffic(segment, facts),
    pilot,
    gap: gapToPilot(pilot, shown),
    due: facts.due.get(key) ?? 0,
    spark: sparkPoints(facts.spark.get(key) ?? []),
  };
}

function sparkPoints(cells: readonly StoredCell[]): SegmentRow["spark"] {
  return [...groupBy(cells, ({ start }) => start)].map(([start, own]) => {
    const strata = own.map(({ cell }) => cell);
    return { start, mean: cellMean(strata), n: strata.reduce((sum, { sums }) => sum + sums.n, 0) };
  });
}
