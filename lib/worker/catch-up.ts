import * as z from "zod";
import { JOB_PAYLOADS } from "@/lib/core/job";
import type { Tx } from "@/lib/db/client";
import { enqueueJob } from "@/lib/db/enqueue-job";
import { Prisma, type PrismaClient } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { waitingTruthsSql } from "@/lib/truth/settle-truths";

const waitingRow = z.object({
  projectId: z.uuid(),
  counters: z.boolean(),
  marks: z.boolean(),
  truths: z.boolean(),
  inputs: z.boolean(),
});

/**
 * Every change enqueues its own job; this finds what a job that failed for good or was removed by hand has left behind, and
 * truths that came before their output. Inputs are counted once a minute, by nobody else. A job that is waiting already keeps its time. Returns the number of projects with work.
 */
export async function catchUp(db: PrismaClient): Promise<number> {
  return inTransaction(db, async (tx) => {
    const rows = await tx.$queryRaw`
      SELECT id AS "projectId", counters, marks, truths, inputs FROM (
        SELECT id, EXISTS (SELECT 1 FROM population_delta WHERE project_id = project.id)
            OR EXISTS (SELECT 1 FROM ledger_delta WHERE project_id = project.id)
            OR EXISTS (SELECT 1 FROM unread_output WHERE project_id = project.id)
            OR EXISTS (SELECT 1 FROM quarantine WHERE project_id = project.id AND counted_as IS NULL AND kind = 'output'
              AND state <> 'RELEASED') AS counters,
          EXISTS (SELECT 1 FROM dirty_epoch WHERE project_id = project.id) AS marks,
          EXISTS (${waitingTruthsSql(Prisma.sql`sample.project_id = project.id AND sample.state <> 'SETTLED'`)}) AS truths,
          EXISTS (SELECT 1 FROM uncounted_output WHERE project_id = project.id)
            OR EXISTS (SELECT 1 FROM input_day WHERE project_id = project.id AND NOT evaluated
              AND day < (now() AT TIME ZONE project.time_zone)::date) AS inputs
        FROM project) waiting
      WHERE counters OR marks OR truths OR inputs ORDER BY id`;
    const waiting = z.array(waitingRow).parse(rows);
    for (const { projectId, counters, marks, truths, inputs } of waiting) {
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
      if (inputs) await enqueueJob(tx, "count-inputs", { projectId }, { key: `inputs:${projectId}` });
    }
    return waiting.length + (await resumeBacktests(tx));
  });
}

/** A job keeps its key as long as somebody holds it, so that a backtest that runs is not started twice. */
async function resumeBacktests(tx: Tx): Promise<number> {
  const rows = await tx.$queryRaw`
    SELECT project_id AS "projectId", id AS "backtestId" FROM backtest
    WHERE state IN ('WAITING', 'RUNNING') AND NOT EXISTS (
      SELECT 1 FROM graphile_worker._private_jobs job WHERE job.key = 'backtest:' || backtest.id)
    ORDER BY created_at`;
  const lost = z.array(JOB_PAYLOADS["run-backtest"]).parse(rows);
  for (const payload of lost)
    await enqueueJob(tx, "run-backtest", payload, {
      key: `backtest:${payload.backtestId}`,
      queue: "backtest",
    });
  return lost.length;
}
