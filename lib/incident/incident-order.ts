import * as z from "zod";

import { cursorText, instantPosition, readCursor } from "@/lib/core/page-cursor";
import { Prisma } from "@/lib/db/generated/client";

import { type StoredIncident, standingSql } from "./incident-row";
import { STANDINGS } from "./schema";

/** An order of incidents, and how a list goes on in it from where it ended. */
export interface IncidentOrder {
  by: Prisma.Sql;
  cursor: (last: StoredIncident) => string;
  /** Condition of what comes after a cursor. @throws AppError INVALID when it is none of this order. */
  beyond: (cursor: string) => Prisma.Sql;
}

/** Those that need somebody first. One that changes its standing moves, and a list that is being walked may meet it twice or not. */
export function urgencyOrder(now: Date): IncidentOrder {
  const rank = Prisma.sql`array_position(${[...STANDINGS]}::text[], ${standingSql(now)})`;
  return {
    by: Prisma.sql`${rank}, i.opened_at DESC, i.id DESC`,
    cursor: ({ standing, openedAt, id }) => cursorText([STANDINGS.indexOf(standing) + 1, openedAt, id]),
    beyond: (cursor) => {
      const [rankThere, ...rest] = readCursor(cursor, ranked);
      return Prisma.sql`AND (${rank} > ${rankThere} OR (${rank} = ${rankThere} AND ${older(rest)}))`;
    },
  };
}

/** By when they were found, the newest first: none ever moves, and what is new comes before all that was read. */
export function newestOrder(): IncidentOrder {
  return {
    by: Prisma.sql`i.opened_at DESC, i.id DESC`,
    cursor: ({ openedAt, id }) => cursorText([openedAt, id]),
    beyond: (cursor) => Prisma.sql`AND ${older(readCursor(cursor, instantPosition))}`,
  };
}

const ranked = z.tuple([
  z.number().int().min(1).max(STANDINGS.length),
  z.iso.datetime({ offset: true }),
  z.uuid(),
]);

function older([openedAt, id]: readonly [string, string]): Prisma.Sql {
  return Prisma.sql`(i.opened_at, i.id) < (${openedAt}::timestamptz, ${id}::uuid)`;
}
