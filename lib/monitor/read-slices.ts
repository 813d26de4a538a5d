import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { columnList } from "@/lib/db/sql";
import type { SegmentPart } from "@/lib/incident/segment-part";
import * as z from "zod";
import type { SliceCounts } from "./slice-counts";

export interface SliceQuery {
  /** Days of the project's zone, both belong to the window. */
  from: string;
  to: string;
  /** Whose values and pairs of values are searched. */
  attributes: readonly string[];
  /** Only outputs that carry all of these. */
  within: readonly SegmentPart[];
}

const sliceRow = z.object({
  values: z.array(z.string().nullable()),
  absent: z.number(),
  observations: z.number(),
  mass: z.number(),
  weights: z.array(z.number()),
  errors: z.array(z.number()),
  counts: z.array(z.number()),
  masses: z.array(z.number()),
});

/**
 * Judged production outputs of a window by value and pair of values, in one statement: an output whose random number is below the
 * effective rate of its stratum and epoch counts with 1 / inclusion probability, what could not be judged is carried by the rest of
 * its stratum, and the outputs of one cluster are one observation inside each slice. The slice without parts is everything.
 */
export async function readSlices(db: Db, projectId: string, query: SliceQuery): Promise<SliceCounts[]> {
  const rows = await db.$queryRaw`
    WITH ${judgedSql(projectId, query)}, ${observedSql(query.attributes.length)}
    ${slicesSql(query.attributes.length)}`;
  return z
    .array(sliceRow)
    .parse(rows)
    .flatMap((row) => slice(row, query.attributes));
}

function slice(row: z.output<typeof sliceRow>, attributes: readonly string[]): SliceCounts[] {
  const { absent, observations, mass } = row;
  // The first attribute has the highest bit; a set bit says that the slice is not divided by it.
  const divided = attributes.flatMap((attribute, at) =>
    absent & (1 << (attributes.length - 1 - at)) ? [] : [{ attribute, value: row.values[at] ?? null }],
  );
  const parts = divided.flatMap(({ attribute, value }) => (value === null ? [] : [{ attribute, value }]));
  if (parts.length < divided.length) return [];
  const classes = row.weights.map((weight, at) => ({
    weight,
    error: Math.min(1, Math.max(0, row.errors[at] ?? 0)),
    count: row.counts[at] ?? 0,
    mass: row.masses[at] ?? 0,
  }));
  return [{ parts, observations, mass, classes }];
}

function judgedSql(projectId: string, { from, to, attributes, within }: SliceQuery): Prisma.Sql {
  const carried = attributes.map(
    (attribute, at) => Prisma.sql`output.segments ->> ${attribute} AS ${columnList([columnOf(at)])},`,
  );
  const inside = within.map(
    ({ attribute, value }) => Prisma.sql`AND output.segments ->> ${attribute} = ${value}`,
  );
  return Prisma.sql`
    judged AS MATERIALIZED (
      SELECT ${spaced(carried)} output.cluster, 1 - sample.score AS error,
        GREATEST(1 + output.copies, 1 / opened.effective_rate) / (output.source_probability
          * (opened.processed - opened.unsure) / opened.processed) AS weight
      FROM (SELECT DISTINCT epoch_id, stratum_id FROM population_count
        WHERE project_id = ${projectId}::uuid AND day BETWEEN ${from}::date AND ${to}::date) placed
      JOIN stratum ON stratum.project_id = ${projectId}::uuid AND stratum.id = placed.stratum_id
        AND stratum.phase = 'PRODUCTION'
      JOIN stratum_epoch opened ON opened.project_id = ${projectId}::uuid AND opened.epoch_id = placed.epoch_id
        AND opened.stratum_id = placed.stratum_id AND opened.processed > opened.unsure AND opened.effective_rate > 0
      JOIN sample ON sample.project_id = ${projectId}::uuid AND sample.epoch_id = opened.epoch_id
        AND sample.stratum_id = opened.stratum_id AND sample.random_number < opened.effective_rate
        AND sample.state = 'SETTLED'
      JOIN output ON output.project_id = ${projectId}::uuid AND output.id = sample.output_id
      WHERE output.day BETWEEN ${from}::date AND ${to}::date ${spaced(inside)}
    )`;
}

/** One row for each slice, weight and error of outputs on their own, and for each slice and cluster of the others. */
function observedSql(attributes: number): Prisma.Sql {
  const place = placeSql(attributes);
  return Prisma.sql`
    observed AS (
      SELECT ${place} weight, error, count(*)::int AS count, sum(weight) AS mass
      FROM judged WHERE cluster IS NULL GROUP BY GROUPING SETS (${groupingSets(attributes, Prisma.sql`weight, error`)})
      UNION ALL
      SELECT ${place} avg(weight), avg(error), 1, sum(weight)
      FROM judged WHERE cluster IS NOT NULL GROUP BY GROUPING SETS (${groupingSets(attributes, Prisma.sql`cluster`)})
    )`;
}

function slicesSql(attributes: number): Prisma.Sql {
  const columns = columnsOf(attributes);
  const values = columns.length > 0 ? columnList(columns) : Prisma.sql`NULL`;
  const group = columns.length > 0 ? Prisma.sql`absent, ${columnList(columns)}` : Prisma.sql`absent`;
  return Prisma.sql`
    SELECT ARRAY[${values}]::text[] AS values, absent, sum(count)::int AS observations, sum(mass) AS mass,
      array_agg(weight) AS weights, array_agg(error) AS errors, array_agg(count) AS counts, array_agg(mass) AS masses
    FROM observed GROUP BY ${group}`;
}

/** The slice of a row: the values, and which of them it is not divided by. */
function placeSql(attributes: number): Prisma.Sql {
  if (attributes === 0) return Prisma.sql`0 AS absent,`;
  const columns = columnList(columnsOf(attributes));
  return Prisma.sql`${columns}, GROUPING(${columns})::int AS absent,`;
}

/** Everything, each attribute, each pair of attributes; each with the same further columns. */
function groupingSets(attributes: number, further: Prisma.Sql): Prisma.Sql {
  const columns = columnsOf(attributes);
  const pairs = columns.flatMap((first, at) => columns.slice(at + 1).map((second) => [first, second]));
  const sets = [[], ...columns.map((column) => [column]), ...pairs];
  return Prisma.join(
    sets.map(
      (set) => Prisma.sql`(${set.length > 0 ? Prisma.sql`${columnList(set)}, ` : Prisma.empty}${further})`,
    ),
  );
}

const columnOf = (at: number) => `s${at}`;
const columnsOf = (attributes: number) => Array.from({ length: attributes }, (_, at) => columnOf(at));
const spaced = (parts: readonly Prisma.Sql[]) =>
  parts.length > 0 ? Prisma.join([...parts], " ") : Prisma.empty;
