import { groupBy } from "@/lib/core/group-by";
import type { Db, Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import * as z from "zod";
import { correctLabels } from "./correct-labels";
import { hasTrafficSql, recordedClockSql, timeIsOverSql } from "./epoch-deadline";
import { type FrozenCohort, freezeCohort } from "./freeze-cohort";
import { lockMonitors } from "./lock-monitors";
import { readWaitingEpochs } from "./read-waiting-epochs";

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

/** Numbers them in the order given, behind those that there are. */
async function writeCohorts(tx: Tx, projectId: string, cohorts: readonly FrozenCohort[]): Promise<void> {
  if (cohorts.length === 0) return;
  const rows = cohorts.map(({ epochId, closing, labels }, at) => {
    const labelled = labels.filter(({ score }) => score !== null).length;
    return { epochId, closing, at: at + 1, labelled, unsure: labels.length - labelled };
  });
  await tx.$executeRaw`
    INSERT INTO cohort (project_id, epoch_id, sequence, closing, day, labelled, unsure)
    SELECT epoch.project_id, epoch.id, at + COALESCE((SELECT max(sequence) FROM cohort WHERE project_id = ${projectId}::uuid), 0),
      closing::cohort_closing, (epoch.starts_at AT TIME ZONE project.time_zone)::date, labelled, unsure
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS row("epochId" uuid, closing text, at int, labelled int, unsure int)
    JOIN epoch ON epoch.project_id = ${projectId}::uuid AND epoch.id = row."epochId"
    JOIN project ON project.id = epoch.project_id`;
  const labels = cohorts.flatMap(({ epochId, labels: own }) => own.map((label) => ({ epochId, ...label })));
  await tx.$executeRaw`
    INSERT INTO cohort_label (project_id, epoch_id, output_id, stratum_id, random_number, inclusion_probability, score)
    SELECT ${projectId}::uuid, "epochId", "outputId", "stratumId", "randomNumber", "inclusionProbability", score
    FROM jsonb_to_recordset(${JSON.stringify(labels)}::jsonb) AS row("epochId" uuid, "outputId" uuid, "stratumId" uuid,
      "randomNumber" float8, "inclusionProbability" float8, score float8)`;
}
