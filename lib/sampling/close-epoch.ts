import type { Db, Tx } from "@/lib/db/client";
import { enqueueJob } from "@/lib/db/enqueue-job";
import { sqlState } from "@/lib/db/sql-state";
import { inTransaction } from "@/lib/db/transaction";
import * as z from "zod";
import { type Clock, DAY_MS, lockSampling, utcDay } from "./open-epoch";
import { forecastVolumes, readPastVolumes } from "./past-volume";
import { planNumbers } from "./plan-numbers";
import { type CountedStratum, type SettledRate, settleRates } from "./settle-rates";
import { topUpSamples } from "./top-up-samples";
import { withdrawSamples } from "./withdraw-samples";

/** Requests that were accepted before midnight may still be writing. */
export const LIVE_GRACE_MS = 120_000;
const LOCK_ATTEMPTS = 60;

const epochRow = z.object({ id: z.uuid(), startsAt: z.date(), endsAt: z.date(), planId: z.uuid() });
type EpochToClose = z.output<typeof epochRow> & { projectId: string };

const countedRow = z.object({
  id: z.uuid(),
  value: z.string(),
  flagged: z.boolean(),
  openingRate: z.number(),
  pastError: z.number(),
  processedBelow: z.number(),
  volume: z.number(),
});

/**
 * Closes the open epochs of a project that ended at an instant or before: their true volumes are known, so the rates are settled
 * from counts, missing candidates are topped up and superfluous ones withdrawn. Idempotent; of concurrent callers one does the
 * work. Returns the number of epochs closed by this call.
 */
export async function closeEpochs(db: Db, projectId: string, clock: Clock, endedBy: Date): Promise<number> {
  const rows = await db.$queryRaw`
    SELECT id, starts_at AS "startsAt", ends_at AS "endsAt", plan_id AS "planId" FROM epoch
    WHERE project_id = ${projectId}::uuid AND clock = ${clock}::epoch_clock AND closed_at IS NULL AND ends_at <= ${endedBy}
    ORDER BY starts_at`;
  let closed = 0;
  for (const epoch of z.array(epochRow).parse(rows)) {
    if (await closeEpoch(db, { ...epoch, projectId })) closed += 1;
  }
  return closed;
}

/**
 * Waits for ingest without holding anything: taking the rates' locks one by one could deadlock with a transaction that writes
 * outputs of several strata.
 */
async function closeEpoch(db: Db, epoch: EpochToClose): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTransaction(db, (tx) => closeInTransaction(tx, epoch), 60_000);
    } catch (error) {
      if (sqlState(error) !== "55P03" || attempt >= LOCK_ATTEMPTS || !("$transaction" in db)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 30 + Math.random() * 70));
    }
  }
}

async function closeInTransaction(tx: Tx, epoch: EpochToClose): Promise<boolean> {
  const { projectId, id: epochId } = epoch;
  await lockSampling(tx, projectId);
  const open = await tx.epoch.findFirst({
    where: { projectId, id: epochId, closedAt: null },
    select: { id: true },
  });
  if (!open) return false;
  await tx.$queryRaw`
    SELECT 1 FROM stratum_epoch WHERE project_id = ${projectId}::uuid AND epoch_id = ${epochId}::uuid FOR UPDATE NOWAIT`;
  const counted = await readCounts(tx, projectId, epochId);
  const settled = await settle(tx, epoch, counted);
  await writeRates(tx, projectId, epochId, settled);
  const before = new Map(counted.map((stratum) => [stratum.id, stratum.openingRate]));
  const grown = settled.filter(({ id, rate }) => rate > (before.get(id) ?? 1));
  await topUpSamples(tx, { projectId, epochId, stratumIds: grown.map(({ id }) => id) });
  await withdrawSamples(tx, { projectId, epochId });
  await tx.epoch.update({
    where: { projectId_id: { projectId, id: epochId } },
    data: { closedAt: new Date() },
  });
  await tx.dirtyEpoch.create({ data: { projectId, epochId } });
  await enqueueJob(tx, "refresh-estimate", { projectId }, { key: `refresh:${projectId}`, delaySeconds: 1 });
  return true;
}

/** Exact whatever the folding of the counters has got to: deltas are written with the outputs and moved in one statement. */
async function readCounts(tx: Tx, projectId: string, epochId: string): Promise<CountedStratum[]> {
  const rows = await tx.$queryRaw`
    WITH counted AS (
      SELECT stratum_id, outputs FROM population_count
      WHERE project_id = ${projectId}::uuid AND epoch_id = ${epochId}::uuid AND attribute = '' AND value = ''
      UNION ALL
      SELECT stratum_id, outputs FROM population_delta
      WHERE project_id = ${projectId}::uuid AND epoch_id = ${epochId}::uuid AND attribute = '' AND value = ''
    ), total AS (SELECT stratum_id, sum(outputs) AS outputs FROM counted GROUP BY 1)
    SELECT opened.stratum_id AS id, stratum.value, stratum.flagged, opened.rate AS "openingRate", opened.past_error AS "pastError",
      COALESCE(total.outputs, 0)::double precision AS volume,
      LEAST(opened.rate, (SELECT min(random_number) FROM sample WHERE sample.project_id = opened.project_id
        AND sample.epoch_id = opened.epoch_id AND sample.stratum_id = opened.stratum_id
        AND sample.state IN ('QUEUED', 'WITHDRAWN'))) AS "processedBelow"
    FROM stratum_epoch opened
    JOIN stratum ON stratum.project_id = opened.project_id AND stratum.id = opened.stratum_id
    LEFT JOIN total ON total.stratum_id = opened.stratum_id
    WHERE opened.project_id = ${projectId}::uuid AND opened.epoch_id = ${epochId}::uuid AND stratum.attribute <> '$truth'`;
  return z.array(countedRow).parse(rows);
}

async function settle(tx: Tx, epoch: EpochToClose, counted: CountedStratum[]): Promise<SettledRate[]> {
  const { projectId, startsAt, endsAt } = epoch;
  const plan = await tx.samplingPlan.findUniqueOrThrow({
    where: { projectId_id: { projectId, id: epoch.planId } },
  });
  const forecast = forecastVolumes(await readPastVolumes(tx, projectId, startsAt), utcDay(startsAt));
  const perDay = [...forecast.values()].reduce((sum, each) => sum + each, 0);
  const lengthDays = (endsAt.getTime() - startsAt.getTime()) / DAY_MS;
  return settleRates(planNumbers(plan), { lengthDays, expectedPerDay: perDay > 0 ? perDay : null }, counted);
}

async function writeRates(tx: Tx, projectId: string, epochId: string, settled: SettledRate[]): Promise<void> {
  if (settled.length === 0) return;
  await tx.$executeRaw`
    UPDATE stratum_epoch SET rate = row.rate, target = row.target, effective_rate = LEAST(effective_rate, row.rate)
    FROM jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) AS row(id uuid, rate float8, target float8)
    WHERE project_id = ${projectId}::uuid AND epoch_id = ${epochId}::uuid AND stratum_id = row.id`;
}
