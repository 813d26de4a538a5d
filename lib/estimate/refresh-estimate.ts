import type { Db, Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { enqueueJob } from "@/lib/db/enqueue-job";
import { columnList } from "@/lib/db/sql";
import { inTransaction } from "@/lib/db/transaction";
import * as z from "zod";
import { countStrataSql } from "./count-strata";
import { freshCellsSql, touchedPeriods } from "./fresh-cells";

const dirtyRows = z.array(z.object({ epochId: z.uuid() }));

export interface RefreshResult {
  epochs: number;
  cells: number;
}

/**
 * Recomputes, from raw rows, the strata of the epochs that changed and all estimate cells of the days, weeks and months in which
 * their outputs lie. Marks are deleted first and the numbers read in later statements: a change that commits in between leaves a
 * mark for the next run, so none is lost. Runs of one project follow each other.
 */
export async function refreshEstimate(db: Db, projectId: string): Promise<RefreshResult> {
  return inTransaction(
    db,
    async (tx) => {
      await tx.$executeRaw`SET LOCAL lock_timeout = '200s'`;
      await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(${`refresh|${projectId}`}, 0))) AS held`;
      const gone = await tx.$queryRaw`
        DELETE FROM dirty_epoch WHERE project_id = ${projectId}::uuid RETURNING epoch_id AS "epochId"`;
      const epochIds = [...new Set(dirtyRows.parse(gone).map(({ epochId }) => epochId))];
      if (epochIds.length === 0) return { epochs: 0, cells: 0 };
      await countStrata(tx, projectId, epochIds);
      const cells = await writeCells(tx, projectId, epochIds);
      await askForEvaluation(tx, projectId, epochIds);
      return { epochs: epochIds.length, cells };
    },
    240_000,
  );
}

async function countStrata(tx: Tx, projectId: string, epochIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE stratum_epoch SET effective_rate = counted.effective_rate, population = counted.population,
      candidates = counted.candidates, processed = counted.processed, unsure = counted.unsure
    FROM (${countStrataSql(projectId, epochList(epochIds))}) counted
    WHERE stratum_epoch.project_id = ${projectId}::uuid AND stratum_epoch.epoch_id = counted.epoch_id
      AND stratum_epoch.stratum_id = counted.stratum_id`;
}

/** Writes only cells that differ, and removes those that no output lies in any more. */
async function writeCells(tx: Tx, projectId: string, epochIds: readonly string[]): Promise<number> {
  return tx.$executeRaw`
    WITH ${freshCellsSql(projectId, touchedPeriods(projectId, epochIds))},
    gone AS (
      DELETE FROM estimate_cell cell USING period
      WHERE cell.project_id = ${projectId}::uuid AND cell.period_kind = period.period_kind AND cell.period_start = period.period_start
        AND NOT EXISTS (SELECT 1 FROM fresh WHERE fresh.period_kind = cell.period_kind AND fresh.period_start = cell.period_start
          AND fresh.attribute = cell.attribute AND fresh.value = cell.value AND fresh.phase = cell.phase
          AND fresh.stratum_id = cell.stratum_id)
    )
    INSERT INTO estimate_cell AS cell (project_id, period_kind, period_start, attribute, value, phase, stratum_id, ${sumColumns})
    SELECT ${projectId}::uuid, period_kind, period_start, attribute, value, phase, stratum_id, ${sumColumns} FROM fresh
    ON CONFLICT (project_id, period_kind, period_start, attribute, value, phase, stratum_id) DO UPDATE SET
      (${sumColumns}) = ROW (${excludedColumns})
    WHERE (${cellColumns}) IS DISTINCT FROM (${excludedColumns})`;
}

/**
 * The monitors may have to see the change. Sets the mark whatever it is: a run that is taking it away now may have read before us. Last
 * before the commit, and in one order, because such a run waits for these rows.
 */
async function askForEvaluation(tx: Tx, projectId: string, epochIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE epoch SET evaluate = true WHERE project_id = ${projectId}::uuid AND id IN (
      SELECT id FROM epoch WHERE project_id = ${projectId}::uuid AND id IN (${epochList(epochIds)})
      ORDER BY starts_at, id FOR NO KEY UPDATE)`;
  const key = `evaluate:${projectId}`;
  await enqueueJob(tx, "evaluate-monitors", { projectId }, { key, delaySeconds: 2 });
}

const SUM_COLUMNS = [
  "observations",
  "outputs",
  "sum_weight",
  "sum_weight2",
  "sum_weight_score",
  "sum_weight2_score",
  "sum_weight2_score2",
  "max_weight",
  "unsure_outputs",
  "unsure_weight",
  "population",
  "unaudited_population",
] as const;
const sumColumns = columnList(SUM_COLUMNS);
const cellColumns = columnList(SUM_COLUMNS, "cell.");
const excludedColumns = columnList(SUM_COLUMNS, "excluded.");

function epochList(epochIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`SELECT unnest(${[...epochIds]}::uuid[])`;
}
