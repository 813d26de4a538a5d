import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";

const groupRow = z.object({
  kind: z.enum(["output", "truth"]),
  code: z.string(),
  path: z.string(),
  records: z.number(),
  first: z.date(),
  last: z.date(),
  versions: z.array(z.number()),
});
export type HeldGroup = z.output<typeof groupRow>;

const MOST_GROUPS = 100;

/** What is held, by its first reason and the place of it, most first. */
export async function readHeldGroups({ db, project }: Pick<Ctx, "db" | "project">): Promise<HeldGroup[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT kind, first_code AS code, coalesce(reasons->0->>'path', '') AS path, count(*)::int AS records, min(received_at) AS first,
      max(received_at) AS last, coalesce(array_agg(DISTINCT contract_version) FILTER (WHERE contract_version IS NOT NULL), '{}') AS versions
    FROM quarantine WHERE project_id = ${project.id}::uuid AND state = 'HELD'
    GROUP BY 1, 2, 3 ORDER BY records DESC, code, path LIMIT ${MOST_GROUPS}`;
  return z.array(groupRow).parse(rows);
}

const settledRow = z.object({ how: z.enum(["replayed", "accepted", "discarded"]), records: z.number() });

/** What became of records that are held no more. */
export async function readSettledCounts({ db, project }: Pick<Ctx, "db" | "project">) {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT settled_how AS how, count(*)::int AS records FROM quarantine
    WHERE project_id = ${project.id}::uuid AND state <> 'HELD' GROUP BY 1`;
  const counts = { replayed: 0, accepted: 0, discarded: 0 };
  for (const { how, records } of z.array(settledRow).parse(rows)) counts[how] = records;
  return counts;
}
