import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { cursorText, readCursor } from "@/lib/core/page-cursor";
import { Prisma } from "@/lib/db/generated/client";

import { REVIEW_STATE } from "./output-filter";
import { type PagePosition, pagePosition } from "./page-position";
import { countOutputs, lookEnd, type OutputSearch, readOutputs, searchOf } from "./read-outputs";
import { type OutputPage, type OutputQuery, outputRowSchema } from "./schema";

const COUNTING_STOPS_AT = 1001;
const PREVIEW_LENGTH = 240;

/** A row of the list with its place in the order. */
const listedRows = z.array(outputRowSchema.extend({ place: z.string() }));
type ListedRow = z.output<typeof listedRows>[number];

/**
 * One page of outputs, found by position and not by number: the thousandth page costs what the first one does. A filter that finds
 * little looks at so many outputs and no more; the page then says where it stopped, and the next one goes on from there.
 */
export async function listOutputs(ctx: Ctx, query: OutputQuery, withPayload: boolean): Promise<OutputPage> {
  const { after, before, sort, limit, ...filter } = query;
  return pageOf(ctx, await searchOf(ctx, filter, { sort, withPayload }), { after, before, limit });
}

export async function pageOf(
  ctx: Ctx,
  search: OutputSearch,
  { after, before, limit }: Pick<OutputQuery, "after" | "before" | "limit">,
): Promise<OutputPage> {
  if (after && before) {
    throw new AppError("INVALID", "Ask for the page after or before a position, not for both.");
  }
  const backwards = before !== undefined;
  const cursorOf = before ?? after;
  const cursor = cursorOf ? readCursor(cursorOf, pagePosition) : null;
  const columns = Prisma.sql`${outputColumns()}, ${preview(search.withPayload)} AS preview`;
  const [found, counted] = await Promise.all([
    readOutputs(ctx, search, { columns, cursor, backwards, limit: limit + 1 }),
    cursor ? countOutputs(ctx, search, COUNTING_STOPS_AT) : null,
  ]);
  const rows = listedRows.parse(found.slice(0, limit));
  const more = found.length > limit;
  // A first page that is not full has looked at all that one look goes through: what it found is the count.
  const matching = counted ?? (more ? await countOutputs(ctx, search, COUNTING_STOPS_AT) : found.length);
  const stopped = more ? null : await lookEnd(ctx, search, { cursor, backwards });
  const all =
    matching < COUNTING_STOPS_AT && (cursor || more ? await lookEnd(ctx, search) : stopped) === null;
  if (backwards) rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  const onward = more ? position(backwards ? first : last) : stopped;
  const back = cursor && position(backwards ? last : first);
  return {
    outputs: rows.map(({ place: _place, ...row }) => row),
    matching,
    matching_all: all,
    stopped_at: stopped && {
      looked_at: search.most,
      occurred_at: search.sort === "id" ? null : stopped[0],
    },
    next: cursorOrNull(backwards ? back : onward),
    previous: cursorOrNull(backwards ? onward : back),
  };
}

function position(row: ListedRow | undefined): PagePosition | null {
  return row ? [row.place, row.id] : null;
}

function cursorOrNull(at: PagePosition | null): string | null {
  return at && cursorText(at);
}

function preview(withPayload: boolean): Prisma.Sql {
  return withPayload ? Prisma.sql`left(o.output::text, ${PREVIEW_LENGTH})` : Prisma.sql`NULL::text`;
}

/** The columns that an OutputRow has, with times as ISO text. */
export function outputColumns(): Prisma.Sql {
  return Prisma.sql`
    coalesce(o.sent_id, o.external_id) AS external_id, ${isoText(Prisma.sql`o.occurred_at`)} AS occurred_at, ${isoText(Prisma.sql`o.received_at`)} AS received_at,
    lower(o.phase::text) AS phase, o.model_name, o.model_version, o.segments, o.confidence, o.flags,
    ${REVIEW_STATE} AS state, lower(s.verdict::text) AS verdict, s.score`;
}

export function isoText(column: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
