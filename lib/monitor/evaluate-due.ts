import { Prisma, type PrismaClient } from "@/lib/db/generated/client";
import { enqueueJob } from "@/lib/db/enqueue-job";
import { inTransaction } from "@/lib/db/transaction";
import * as z from "zod";
import { hasTrafficSql, recordedClockSql, timeIsOverSql } from "./epoch-deadline";
import { noteEvaluated } from "./note-evaluated";

const projectRow = z.object({ id: z.uuid(), due: z.boolean() });

/**
 * Once a minute: enqueues an evaluation for each project in which something waits for one (a mark, an epoch whose time is over, a cohort
 * that the newest version has not seen, a newer baseline), and notes for all others that there was nothing to do. Returns how many wait.
 */
export async function evaluateDue(db: PrismaClient): Promise<number> {
  return inTransaction(db, async (tx) => {
    const rows = await tx.$queryRaw`
      SELECT project.id, (
        EXISTS (SELECT 1 FROM epoch WHERE epoch.project_id = project.id AND evaluate)
        OR EXISTS (
          SELECT 1 FROM epoch
          JOIN sampling_plan plan ON plan.project_id = epoch.project_id AND plan.id = epoch.plan_id
          WHERE epoch.project_id = project.id AND ${timeIsOverSql} AND ${hasTrafficSql}
            AND NOT EXISTS (SELECT 1 FROM cohort WHERE cohort.project_id = epoch.project_id AND cohort.epoch_id = epoch.id))
        OR EXISTS (SELECT 1 FROM cohort WHERE cohort.project_id = project.id AND cohort.sequence > run.fed_sequence)
        OR (newest.floor IS NULL AND EXISTS (SELECT 1 FROM baseline
          WHERE baseline.project_id = project.id AND baseline.created_at > newest.created_at))
      ) AS due
      FROM project
      CROSS JOIN ${recordedClockSql(Prisma.sql`project.id`)}
      LEFT JOIN LATERAL (SELECT id, created_at, floor FROM monitor_plan WHERE monitor_plan.project_id = project.id
        ORDER BY version DESC LIMIT 1) newest ON true
      LEFT JOIN monitor_run run ON run.project_id = project.id AND run.plan_id = newest.id
      ORDER BY project.id`;
    const projects = z.array(projectRow).parse(rows);
    const due = projects.filter((project) => project.due).map(({ id }) => id);
    for (const projectId of due)
      await enqueueJob(tx, "evaluate-monitors", { projectId }, { key: `evaluate:${projectId}` });
    await noteEvaluated(
      tx,
      projects.filter((project) => !project.due).map(({ id }) => id),
    );
    return due.length;
  });
}
