import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import * as z from "zod";
import type { StratumCell } from "./cell-estimate";
import type { Period, Segment } from "./schema";

export type Phase = "PILOT" | "PRODUCTION" | "HELD";

export interface CellQuery {
  phase: Phase;
  period: Period;
  /** Starts of the first and last period; unbounded when absent. */
  from?: string;
  to?: string;
  segments: readonly Segment[];
  /** Adds the periods of a stratum up, so that one row for each stratum and segment comes back. */
  joined?: boolean;
}

const cellRow = z.object({
  attribute: z.string(),
  value: z.string(),
  start: z.string(),
  stratumId: z.uuid(),
  n: z.number(),
  outputs: z.number(),
  sumW: z.number(),
  sumW2: z.number(),
  sumWY: z.number(),
  sumW2Y: z.number(),
  sumW2YY: z.number(),
  maxWeight: z.number(),
  unsureN: z.number(),
  unsureW: z.number(),
  population: z.number(),
  unauditedPopulation: z.number(),
});

export interface StoredCell extends Segment {
  start: string;
  cell: StratumCell;
}

/** One text per segment, for maps. */
export function segmentKey({ attribute, value }: Segment): string {
  return JSON.stringify([attribute, value]);
}

const segmentRow = z.object({ attribute: z.string(), value: z.string(), population: z.number() });

/** Estimate cells of some segments. */
export async function readCells(db: Db, projectId: string, query: CellQuery): Promise<StoredCell[]> {
  const start = query.joined ? Prisma.sql`''` : Prisma.sql`period_start::text`;
  const rows = await db.$queryRaw`
    SELECT attribute, value, ${start} AS start, stratum_id AS "stratumId",
      sum(observations)::int AS n, sum(outputs)::int AS outputs, sum(sum_weight) AS "sumW", sum(sum_weight2) AS "sumW2",
      sum(sum_weight_score) AS "sumWY", sum(sum_weight2_score) AS "sumW2Y", sum(sum_weight2_score2) AS "sumW2YY",
      max(max_weight) AS "maxWeight", sum(unsure_outputs)::int AS "unsureN", sum(unsure_weight) AS "unsureW",
      sum(population) AS population, sum(unaudited_population) AS "unauditedPopulation"
    FROM estimate_cell JOIN unnest(${query.segments.map((each) => each.attribute)}::text[],
      ${query.segments.map((each) => each.value)}::text[]) AS asked(attribute, value) USING (attribute, value)
    WHERE project_id = ${projectId}::uuid AND phase = ${query.phase}::phase
      AND period_kind = ${kindOf(query.period)}::period_kind ${boundsSql(query)}
    GROUP BY 1, 2, 3, 4 ORDER BY 3`;
  return z.array(cellRow).parse(rows).map(storedCell);
}

/** Segment values by their traffic in a window, the busiest first; the whole stream ("" and "") is one of them. */
export async function readBusiest(
  db: Db,
  projectId: string,
  query: Omit<CellQuery, "segments"> & { attribute?: string },
): Promise<(Segment & { population: number })[]> {
  const only =
    query.attribute === undefined ? Prisma.empty : Prisma.sql`AND attribute IN ('', ${query.attribute})`;
  const rows = await db.$queryRaw`
    SELECT attribute, value, sum(population) AS population FROM estimate_cell
    WHERE project_id = ${projectId}::uuid AND phase = ${query.phase}::phase
      AND period_kind = ${kindOf(query.period)}::period_kind ${boundsSql(query)} ${only}
    GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`;
  return z.array(segmentRow).parse(rows);
}

const extentRow = z.object({ first: z.string(), last: z.string() });

/** First and last day with production outputs of a segment; null when there is none. */
export async function readExtent(
  db: Db,
  projectId: string,
  { attribute, value }: Segment,
): Promise<{ first: string; last: string } | null> {
  const end = (order: Prisma.Sql) => Prisma.sql`
    (SELECT period_start::text FROM estimate_cell WHERE project_id = ${projectId}::uuid AND period_kind = 'DAY'
       AND attribute = ${attribute} AND value = ${value} AND phase = 'PRODUCTION' ORDER BY period_start ${order} LIMIT 1)`;
  const rows = await db.$queryRaw`
    SELECT first, last FROM (SELECT ${end(Prisma.sql`ASC`)} AS first, ${end(Prisma.sql`DESC`)} AS last) extent
    WHERE first IS NOT NULL`;
  return z.array(extentRow).parse(rows)[0] ?? null;
}

const totalRow = z.object({
  phase: z.enum(["PILOT", "PRODUCTION"]),
  outputs: z.number(),
  reviews: z.number(),
});

/** Outputs and judged ones of a segment over all time, by phase. */
export async function readTotals(db: Db, projectId: string, { attribute, value }: Segment) {
  const rows = await db.$queryRaw`
    SELECT phase::text, sum(population) AS outputs, sum(outputs + unsure_outputs)::int AS reviews FROM estimate_cell
    WHERE project_id = ${projectId}::uuid AND period_kind = 'MONTH' AND attribute = ${attribute} AND value = ${value}
      AND phase <> 'HELD' GROUP BY 1`;
  const totals = new Map(
    z
      .array(totalRow)
      .parse(rows)
      .map((row) => [row.phase, row]),
  );
  const of = (phase: "PILOT" | "PRODUCTION") => ({
    outputs: Math.round(totals.get(phase)?.outputs ?? 0),
    reviews: totals.get(phase)?.reviews ?? 0,
  });
  return { pilot: of("PILOT"), production: of("PRODUCTION") };
}

function boundsSql({ from, to }: Pick<CellQuery, "from" | "to">): Prisma.Sql {
  const lower = from === undefined ? Prisma.empty : Prisma.sql`AND period_start >= ${from}::date`;
  const upper = to === undefined ? Prisma.empty : Prisma.sql`AND period_start <= ${to}::date`;
  return Prisma.sql`${lower} ${upper}`;
}

function kindOf(period: Period): string {
  return period.toUpperCase();
}

function storedCell(row: z.output<typeof cellRow>): StoredCell {
  const {
    attribute,
    value,
    start,
    stratumId,
    population,
    unauditedPopulation,
    unsureN,
    unsureW,
    outputs: _,
    ...sums
  } = row;
  const unsure = { n: unsureN, sumW: unsureW };
  return { attribute, value, start, cell: { stratumId, sums, unsure, population, unauditedPopulation } };
}
