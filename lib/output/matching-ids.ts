import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";

import { readOutputs, searchOf } from "./read-outputs";
import type { OutputFilter } from "./schema";

const COUNTING_STOPS_AT = 1001;

/** The newest outputs that match a filter, at most `limit`, and how many match; counted are as many as a page of them counts. */
export async function matchingOutputIds(
  ctx: Ctx,
  filter: OutputFilter,
  { limit, withPayload }: { limit: number; withPayload: boolean },
): Promise<{ ids: string[]; matching: number }> {
  const search = await searchOf(ctx, filter, { sort: "newest", withPayload });
  const rows = await readOutputs(ctx, search, {
    columns: Prisma.sql`o.day`,
    cursor: null,
    backwards: false,
    limit: COUNTING_STOPS_AT,
  });
  const ids = rows.map((row) => row.id);
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
