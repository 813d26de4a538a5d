import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { Prisma } from "@/lib/db/generated/client";

import { outputConditions, outputTables, timeConditions } from "./output-filter";
import type { PagePosition } from "./page-position";
import { rareIds } from "./rare-ids";
import type { OutputFilter, OutputQuery } from "./schema";

/** One look goes through as many outputs and no more; what lies beyond is looked at from there. See docs/benchmarks.md. */
const MOST_LOOKED_AT = 25_000;
/** Where each costs more: letters of documents, reviews of each, and flagged outputs, which lie far apart. */
const MOST_COSTLY = 5_000;

export type OutputSort = OutputQuery["sort"];

/** A filter made ready: what it may see, and the few outputs that it can find at most, if an index knows them. */
export interface OutputSearch {
  filter: OutputFilter;
  sort: OutputSort;
  withPayload: boolean;
  ids: string[] | null;
  /** As many outputs one look goes through. */
  most: number;
}

/** @throws AppError FORBIDDEN for a field of what may not be seen. */
export async function searchOf(
  ctx: Ctx,
  filter: OutputFilter,
  { sort, withPayload }: { sort: OutputSort; withPayload: boolean },
): Promise<OutputSearch> {
  if (filter.field && !withPayload)
    throw new AppError("FORBIDDEN", "Searching by a field needs the right to see inputs and outputs.");
  const flagged = filter.flag !== undefined && filter.flag !== "no";
  const costly = filter.text || filter.field || filter.reviewer || flagged;
  const most = costly ? MOST_COSTLY : MOST_LOOKED_AT;
  return { filter, sort, withPayload, most, ids: await rareIds(ctx, filter) };
}

interface Reading {
  columns: Prisma.Sql;
  cursor: PagePosition | null;
  backwards: boolean;
  limit: number;
}

const placedRow = z.looseObject({ id: z.uuid(), place: z.string() });
type PlacedRow = z.output<typeof placedRow>;

/** The next outputs that match, in their order; each row has its columns, its id and its place. */
export async function readOutputs(ctx: Ctx, search: OutputSearch, reading: Reading): Promise<PlacedRow[]> {
  const { column, text } = orderOf(search.sort);
  const { columns, limit } = reading;
  const direction = directionOf(search.sort, reading.backwards);
  const rows = await ctx.db.$queryRaw`
    SELECT ${columns}, o.id, ${text} AS place
    FROM ${outputTables(sourceOf(ctx, search, reading))}
    WHERE ${outputConditions(ctx.project.id, search.filter, search.withPayload)}
    ORDER BY ${column} ${direction}, o.id ${direction}
    LIMIT ${limit}`;
  return z.array(placedRow).parse(rows);
}

/** How many match from the beginning of the order, counted up to `most`. */
export async function countOutputs(ctx: Ctx, search: OutputSearch, most: number): Promise<number> {
  const rows = await ctx.db.$queryRaw`
    SELECT count(*)::int AS matching FROM (
      SELECT 1 FROM ${outputTables(sourceOf(ctx, search, FROM_THE_BEGINNING))}
      WHERE ${outputConditions(ctx.project.id, search.filter, search.withPayload)} LIMIT ${most}
    ) AS counted`;
  return z.tuple([z.object({ matching: z.number() })]).parse(rows)[0].matching;
}

/** Where one look from a position ends, unless it reaches the last output. */
export async function lookEnd(
  ctx: Ctx,
  search: OutputSearch,
  from: Pick<Reading, "cursor" | "backwards"> = FROM_THE_BEGINNING,
): Promise<PagePosition | null> {
  if (search.ids) return null;
  const { column, text } = orderOf(search.sort);
  // The place becomes a text outside: inside it would be made for every output that is passed over.
  const rows = await ctx.db.$queryRaw`
    SELECT o.id, ${text} AS place FROM (
      SELECT o.id, ${column} FROM output o WHERE ${lookedAt(ctx, search, from)}
      ${orderBy(search.sort, from.backwards)} OFFSET ${search.most - 1} LIMIT 1
    ) o`;
  const [last] = z.array(placedRow).parse(rows);
  return last ? [last.place, last.id] : null;
}

const FROM_THE_BEGINNING = { cursor: null, backwards: false };

/** What a look goes through: few known outputs, or so many from the cursor on. Nothing else of the table is read. */
function sourceOf(ctx: Ctx, search: OutputSearch, from: Pick<Reading, "cursor" | "backwards">): Prisma.Sql {
  const rows = Prisma.sql`SELECT o.* FROM output o WHERE ${lookedAt(ctx, search, from)}`;
  if (search.ids) return Prisma.sql`(${rows})`;
  return Prisma.sql`(${rows} ${orderBy(search.sort, from.backwards)} LIMIT ${search.most})`;
}

/** Only what an index can find in the order: all other conditions are put to the outputs that are looked at. */
function lookedAt(ctx: Ctx, search: OutputSearch, from: Pick<Reading, "cursor" | "backwards">): Prisma.Sql {
  const { filter, sort, ids } = search;
  const conditions = [Prisma.sql`o.project_id = ${ctx.project.id}::uuid`];
  if (ids) conditions.push(Prisma.sql`o.id = ANY (${ids}::uuid[])`);
  if (from.cursor)
    conditions.push(beyond(sort, directionOf(sort, from.backwards) === ASCENDING, from.cursor));
  if (sort !== "id") {
    conditions.push(...timeConditions(filter));
    if (filter.flag && filter.flag !== "no") conditions.push(Prisma.sql`cardinality(o.flags) > 0`);
  }
  return Prisma.join(conditions, " AND ");
}

const ASCENDING = Prisma.sql`ASC`;
const DESCENDING = Prisma.sql`DESC`;

function directionOf(sort: OutputSort, backwards: boolean): Prisma.Sql {
  return (sort !== "newest") === !backwards ? ASCENDING : DESCENDING;
}

function orderBy(sort: OutputSort, backwards: boolean): Prisma.Sql {
  const direction = directionOf(sort, backwards);
  return Prisma.sql`ORDER BY ${orderOf(sort).column} ${direction}, o.id ${direction}`;
}

/** What an order goes by, and the same as a text that loses nothing. */
function orderOf(sort: OutputSort): { column: Prisma.Sql; text: Prisma.Sql } {
  if (sort === "id") return { column: Prisma.sql`o.external_id`, text: Prisma.sql`o.external_id` };
  return {
    column: Prisma.sql`o.occurred_at`,
    text: Prisma.sql`to_char(o.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  };
}

function beyond(sort: OutputSort, forwards: boolean, [place, id]: PagePosition): Prisma.Sql {
  const comparison = forwards ? Prisma.sql`>` : Prisma.sql`<`;
  if (sort === "id") return Prisma.sql`(o.external_id, o.id) ${comparison} (${place}, ${id}::uuid)`;
  if (!z.iso.datetime().safeParse(place).success) {
    throw new AppError("INVALID", "This page address belongs to another order.", { reason: "cursor" });
  }
  return Prisma.sql`(o.occurred_at, o.id) ${comparison} (${place}::timestamptz, ${id}::uuid)`;
}
