import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { Prisma } from "@/lib/db/generated/client";

import { OUTPUT_TABLES, outputConditions, REVIEW_STATE } from "./output-filter";
import { cursorText, type PagePosition, readCursor } from "./page-cursor";
import { type OutputPage, type OutputQuery, outputRowSchema } from "./schema";

const COUNTING_STOPS_AT = 1001;
const PREVIEW_LENGTH = 240;

/** A row of the list with its place in the order. */
const listedRow = outputRowSchema.extend({ place: z.string() });
type ListedRow = z.output<typeof listedRow>;

/** One page of outputs, found by position and not by number: the thousandth page costs what the first one does. */
export async function listOutputs(ctx: Ctx, query: OutputQuery, withPayload: boolean): Promise<OutputPage> {
  if (query.after && query.before) {
    throw new AppError("INVALID", "Ask for the page after or before a position, not for both.");
  }
  if (query.field && !withPayload)
    throw new AppError("FORBIDDEN", "Searching by a field needs the right to see inputs and outputs.");
  const backwards = query.before !== undefined;
  const cursor = query.before ?? query.after;
  const conditions = outputConditions(ctx.project.id, query);
  const found = await readRows(ctx, query, conditions, cursor ? readCursor(cursor) : null, withPayload);
  const more = found.length > query.limit;
  const rows = found.slice(0, query.limit);
  if (backwards) rows.reverse();
  const matching = await countMatching(ctx, conditions);
  const last = rows.at(-1);
  const first = rows[0];
  return {
    outputs: rows.map(({ place: _place, ...row }) => row),
    matching,
    next: last && (backwards || more) ? cursorText(position(last)) : null,
    previous: first && (backwards ? more : query.after !== undefined) ? cursorText(position(first)) : null,
  };
}

function position(row: ListedRow): PagePosition {
  return [row.place, row.id];
}

async function readRows(
  ctx: Ctx,
  query: OutputQuery,
  conditions: Prisma.Sql,
  cursor: PagePosition | null,
  withPayload: boolean,
): Promise<ListedRow[]> {
  const { place, ascending } = order(query.sort);
  const forwards = ascending !== (query.before !== undefined);
  const direction = forwards ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const beyond = cursor ? beyondCursor(query.sort, forwards, cursor) : Prisma.empty;
  const preview = withPayload ? Prisma.sql`left(o.output::text, ${PREVIEW_LENGTH})` : Prisma.sql`NULL::text`;
  const rows = await ctx.db.$queryRaw`
    SELECT ${outputColumns()}, ${preview} AS preview, ${placeText(query.sort)} AS place
    FROM ${OUTPUT_TABLES}
    WHERE ${conditions} ${beyond}
    ORDER BY ${place} ${direction}, o.id ${direction}
    LIMIT ${query.limit + 1}`;
  return z.array(listedRow).parse(rows);
}

/** The columns that an OutputRow has, with times as ISO text. */
export function outputColumns(): Prisma.Sql {
  return Prisma.sql`
    o.id, coalesce(o.sent_id, o.external_id) AS external_id, ${isoText(Prisma.sql`o.occurred_at`)} AS occurred_at, ${isoText(Prisma.sql`o.received_at`)} AS received_at,
    lower(o.phase::text) AS phase, o.model_name, o.model_version, o.segments, o.confidence, o.flags,
    ${REVIEW_STATE} AS state, lower(s.verdict::text) AS verdict, s.score`;
}

export function isoText(column: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

function order(sort: OutputQuery["sort"]): { place: Prisma.Sql; ascending: boolean } {
  return sort === "id"
    ? { place: Prisma.sql`o.external_id`, ascending: true }
    : { place: Prisma.sql`o.occurred_at`, ascending: sort === "oldest" };
}

function placeText(sort: OutputQuery["sort"]): Prisma.Sql {
  return sort === "id"
    ? Prisma.sql`o.external_id`
    : Prisma.sql`to_char(o.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

function beyondCursor(sort: OutputQuery["sort"], forwards: boolean, [place, id]: PagePosition): Prisma.Sql {
  const comparison = forwards ? Prisma.sql`>` : Prisma.sql`<`;
  if (sort === "id") return Prisma.sql`AND (o.external_id, o.id) ${comparison} (${place}, ${id}::uuid)`;
  if (!z.iso.datetime().safeParse(place).success) {
    throw new AppError("INVALID", "This page address belongs to another order.", { reason: "cursor" });
  }
  return Prisma.sql`AND (o.occurred_at, o.id) ${comparison} (${place}::timestamptz, ${id}::uuid)`;
}

async function countMatching(ctx: Ctx, conditions: Prisma.Sql): Promise<number> {
  const rows = await ctx.db.$queryRaw`
    SELECT count(*)::int AS matching FROM (
      SELECT 1 FROM ${OUTPUT_TABLES} WHERE ${conditions} LIMIT ${COUNTING_STOPS_AT}
    ) AS counted`;
  return z.tuple([z.object({ matching: z.number() })]).parse(rows)[0].matching;
}
