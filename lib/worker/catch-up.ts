import * as z from "zod";
import { enqueueJob } from "@/lib/db/enqueue-job";
import { Prisma, type PrismaClient } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { waitingTruthsSql } from "@/lib/truth/settle-truths";

const waitingRow = z.object({
  projectId: z.uuid(),
  counters: z.boolean(),
  marks: z.boolean(),
  truths: z.boolean(),
});

/**
 * Every change enqueues its own job; this finds what a job that failed for good or was removed by hand has left behind, and
 * truths that came before their output. A job that is waiting already keeps its time. Returns the number of projects with work.
 */
export async function catchUp(db: PrismaClient): Promise<number> {
  return inTransaction(db, async (tx) => {
    const rows = await tx.$queryRaw`
      SELECT id AS "projectId", counters, marks, truths FROM (
        SELECT id, EXISTS (SELECT 1 FROM population_delta WHERE project_id = project.id)
            OR EXISTS (SELECT 1 FROM ledger_delta WHERE project_id = project.id) AS counters,
          EXISTS (SELECT 1 FROM dirty_epoch WHERE project_id = project.id) AS marks,
          EXISTS (${waitingTruthsSql(Prisma.sql`sample.project_id = project.id AND sample.state <> 'SETTLED'`)}) AS truths
        FROM project) waiting
      WHERE counters OR marks OR truths ORDER BY id`;
    const waiting = z.array(waitingRow).parse(rows);
    for (const { projectId, counters, marks, truths } of waiting) {
      if (counters)
        await enqueueJob(tx, "fold-counts", { projectId }, { key: `fold:${projectId}`, delaySeconds: 1 });
      if (marks)
        await enqueueJob(
          tx,
          "refresh-estimate",
          { projectId },
          { key: `refresh:${projectId}`, delaySeconds: 1 },
        );
      if (truths)
        await enqueueJob(tx, "settle-truth", { projectId }, { key: `settle:${projectId}`, delaySeconds: 1 });
    }
    return waiting.length;
  });
}
