import { groupBy } from "@/lib/core/group-by";
import type { Db, Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import * as z from "zod";
import { correctLabels } from "./correct-labels";
import { hasTrafficSql, recordedClockSql, timeIsOverSql } from "./epoch-deadline";
import { freezeCohort } from "./freeze-cohort";
import { lockMonitors } from "./lock-monitors";
import { readWaitingEpochs } from "./read-waiting-epochs";
import { writeCohorts } from "./write-cohorts";

/** Epochs looked at in one transaction: it holds their rows, for which a refresh of the estimates waits. */
const BATCH = 20;

export interface ClosedCohorts {
  closed: number;
  /** Labels of closed cohorts that were corrected. */
  corrected: number;
}

/**
 * Takes up every epoch that has changed or whose time is over: makes a cohort of it, with frozen labels, when it is complete or late
 * enough, and corrects the labels of a cohort that exists. Marks are taken away first and everything is read in later statements: a
 * change that commits in between leaves a mark for the next run. A run that dies leaves its last batch as it was.
 */
export async function closeCohorts(db: Db, projectId: string): Promise<ClosedCohorts> {
  const sum = { closed: 0, corrected: 0 };
  for (;;) {
    const batch = await inTransaction(db, (tx) => closeBatch(tx, projectId), 240_000);
    sum.closed += batch.closed;
    sum.corrected += batch.corrected;
    if (!batch.full) return sum;
  }
}

async function closeBatch(tx: Tx, projectId: string): Promise<ClosedCohorts & { full: boolean }> {
  await lockMonitors(tx, projectId);
  const marked = await takeMarks(tx, projectId);
  const late = await findLate(tx, projectId);
  const epochIds = [...new Set([...marked, ...late])];
  if (epochIds.length === 0) return { full: false, closed: 0, corrected: 0 };
  const waiting = groupBy(await readWaitingEpochs(tx, projectId, epochIds), ({ epochId }) => epochId);
  const cohorts = [...waiting.values()].flatMap((strata) => freezeCohort(strata) ?? []);
  await writeCohorts(tx, projectId, cohorts);
  const corrected = await correctLabels(tx, projectId, marked);
  return { full: Math.max(marked.length, cohorts.length) >= BATCH, closed: cohorts.length, corrected };
}

const idRows = z.array(z.object({ id: z.uuid() }));
const idsOf = (rows: unknown) => idRows.parse(rows).map(({ id }) => id);

/** Waits for a refresh that is marking one of them; rows are taken in one order, so that two cannot wait for each other. */
async function takeMarks(tx: Tx, projectId: string): Promise<string[]> {
  return idsOf(
    await tx.$queryRaw`
    UPDATE epoch SET evaluate = false
    WHERE project_id = ${projectId}::uuid AND id IN (
      SELECT id FROM epoch WHERE project_id = ${projectId}::uuid AND evaluate
      ORDER BY starts_at, id LIMIT ${BATCH} FOR NO KEY UPDATE)
    RETURNING id`,
  );
}

async function findLate(tx: Tx, projectId: string): Promise<string[]> {
  return idsOf(
    await tx.$queryRaw`
    SELECT epoch.id FROM epoch
    JOIN sampling_plan plan ON plan.project_id = epoch.project_id AND plan.id = epoch.plan_id
    CROSS JOIN ${recordedClockSql(Prisma.sql`${projectId}::uuid`)}
    WHERE epoch.project_id = ${projectId}::uuid AND ${timeIsOverSql} AND ${hasTrafficSql}
      AND NOT EXISTS (SELECT 1 FROM cohort WHERE cohort.project_id = epoch.project_id AND cohort.epoch_id = epoch.id)
    ORDER BY epoch.starts_at, epoch.id LIMIT ${BATCH}`,
  );
}
