import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";

const row = z.tuple([z.object({ current: z.boolean() })]);

/** Whether every output and review that was stored is in the numbers: nothing waits to be counted or recomputed. */
export async function isUpToDate({ db, project }: Pick<Ctx, "db" | "project">): Promise<boolean> {
  const rows = await db.$queryRaw`
    SELECT NOT EXISTS (SELECT 1 FROM dirty_epoch WHERE project_id = ${project.id}::uuid)
       AND NOT EXISTS (SELECT 1 FROM population_delta WHERE project_id = ${project.id}::uuid) AS current`;
  return row.parse(rows)[0].current;
}
