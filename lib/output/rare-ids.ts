import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";

import { STATE_CONDITION } from "./output-filter";
import type { OutputFilter } from "./schema";

/** As many are rare enough to be read whole, whenever they came in. */
const MOST_RARE = 2_000;

const idRows = z.array(z.object({ id: z.string() }));

/**
 * The outputs that one part of a filter can find at most, when an index knows them and they are few; null when there is no such
 * part. Whatever else is asked then has to look at these alone, however old they are.
 */
export async function rareIds(ctx: Ctx, filter: OutputFilter): Promise<string[] | null> {
  for (const probe of probes(ctx.project.id, filter)) {
    const rows = idRows.parse(await ctx.db.$queryRaw`${probe} LIMIT ${MOST_RARE + 1}`);
    if (rows.length <= MOST_RARE) return rows.map((row) => row.id);
  }
  return null;
}

/** The cheapest first: each reads an index and stops after the first that are too many; a review state reads the samples. */
function probes(projectId: string, filter: OutputFilter): Prisma.Sql[] {
  const found: Prisma.Sql[] = [];
  if (filter.id) {
    found.push(
      Prisma.sql`SELECT o.id FROM output o WHERE o.project_id = ${projectId}::uuid AND starts_with(o.external_id, ${filter.id})`,
    );
  }
  if (filter.flag && filter.flag !== "no") {
    const code = filter.flag === "yes" ? Prisma.empty : Prisma.sql`AND ${filter.flag} = ANY (o.flags)`;
    found.push(
      Prisma.sql`SELECT o.id FROM output o WHERE o.project_id = ${projectId}::uuid AND cardinality(o.flags) > 0 ${code}`,
    );
  }
  if (filter.reviewer) {
    found.push(Prisma.sql`
      SELECT DISTINCT r.output_id AS id FROM user_account person
      JOIN review r ON r.project_id = ${projectId}::uuid AND r.reviewer_id = person.id AND r.occasion = 0
      WHERE lower(person.name) = lower(${filter.reviewer})`);
  }
  const judged = [
    ...(filter.verdict ? [Prisma.sql`s.verdict = ${filter.verdict.toUpperCase()}::verdict`] : []),
    ...(filter.state && filter.state !== "not_drawn" ? [STATE_CONDITION[filter.state]] : []),
  ];
  if (judged.length > 0) {
    found.push(Prisma.sql`
      SELECT s.output_id AS id FROM sample s
      JOIN stratum_epoch se ON se.project_id = s.project_id AND se.epoch_id = s.epoch_id AND se.stratum_id = s.stratum_id
      WHERE s.project_id = ${projectId}::uuid AND ${Prisma.join(judged, " AND ")}`);
  }
  return found;
}
