import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { OUTPUT_TABLES, outputConditions } from "./output-filter";
import type { OutputFilter } from "./schema";

const COUNTING_STOPS_AT = 1001;

/** The newest outputs that match a filter, at most `limit`, and how many match; counting stops at 1,001. */
export async function matchingOutputIds(
  ctx: Ctx,
  filter: OutputFilter,
  limit: number,
): Promise<{ ids: string[]; matching: number }> {
  const rows = await ctx.db.$queryRaw`
    SELECT o.id FROM ${OUTPUT_TABLES} WHERE ${outputConditions(ctx.project.id, filter)}
    ORDER BY o.occurred_at DESC, o.id DESC LIMIT ${COUNTING_STOPS_AT}`;
  const ids = z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map((row) => row.id);
  return { ids: ids.slice(0, limit), matching: ids.length };
}

/** The output that was stored under a sender's id; null when there is none. */
export async function outputIdOf(ctx: Ctx, externalId: string): Promise<string | null> {
  const found = await ctx.db.output.findUnique({
    where: { projectId_externalId: { projectId: ctx.project.id, externalId } },
    select: { id: true },
  });
  return found?.id ?? null;
}
