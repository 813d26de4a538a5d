import type { Db } from "@/lib/db/client";

/** Notes that an evaluation of some projects has run to its end, whether or not it found something new: silence is never green. */
export async function noteEvaluated(db: Db, projectIds: readonly string[]): Promise<void> {
  await db.$executeRaw`
    UPDATE monitor_run run SET evaluated_at = now() FROM (
      SELECT DISTINCT ON (project_id) project_id, id FROM monitor_plan
      WHERE project_id = ANY (${[...projectIds]}::uuid[]) ORDER BY project_id, version DESC) newest
    WHERE run.project_id = newest.project_id AND run.plan_id = newest.id`;
}
