import { OTHER_VALUE } from "@/lib/core/segment-value";
import type { Db } from "@/lib/db/client";
import { enqueueJob } from "@/lib/db/enqueue-job";
import { inTransaction } from "@/lib/db/transaction";

const BATCH = 20_000;
/**
 * Values of an attribute that are counted by themselves within one epoch, the busiest of a batch first; outputs with any other value are
 * counted together as OTHER_VALUE. It bounds the rows of an attribute that hardly repeats, and the next epoch begins anew.
 */
export const MOST_COUNTED_VALUES = 1_000;

/**
 * Moves the append-only counters of a project into population counts and the hourly ledger. Each counter is deleted and added in
 * one statement, so nothing is lost or counted twice whatever runs beside it or dies in the middle; sums of concurrent runs meet
 * in ON CONFLICT, which reads the newest version of the row. Returns the number of counters moved.
 *
 * A value that is counted by itself in an epoch has a row there and keeps it, so that where a value belongs is the same for every
 * later counter and for every review (see fresh-cells.ts). For that, population counts of one project are folded one after the other.
 */
export async function foldCounts(db: Db, projectId: string): Promise<number> {
  let moved = 0;
  for (;;) {
    const population = await foldPopulation(db, projectId);
    const ledger = await foldLedger(db, projectId);
    moved += population + ledger;
    if (population < BATCH && ledger < BATCH) return moved;
  }
}

async function foldPopulation(db: Db, projectId: string): Promise<number> {
  return inTransaction(db, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`fold|${projectId}`}, 0))`;
    const [row] = await tx.$queryRaw<[{ moved: number }]>`
      WITH taken AS (
        SELECT seq FROM population_delta WHERE project_id = ${projectId}::uuid ORDER BY seq LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
      ), gone AS (
        DELETE FROM population_delta USING taken WHERE population_delta.seq = taken.seq RETURNING population_delta.*
      ), own AS MATERIALIZED (
        SELECT DISTINCT epoch_id, attribute, value FROM population_count
        WHERE project_id = ${projectId}::uuid AND epoch_id IN (SELECT epoch_id FROM gone) AND value <> ${OTHER_VALUE}
      ), folded AS (
        SELECT epoch_id, attribute, value FROM (
          SELECT epoch_id, attribute, value, row_number() OVER (
            PARTITION BY epoch_id, attribute ORDER BY sum(gone.outputs) DESC, value COLLATE "C") AS place
          FROM gone LEFT JOIN own USING (epoch_id, attribute, value) WHERE own.value IS NULL GROUP BY 1, 2, 3) fresh
        LEFT JOIN (SELECT epoch_id, attribute, count(*) AS taken FROM own GROUP BY 1, 2) room USING (epoch_id, attribute)
        WHERE attribute <> '' AND place > ${MOST_COUNTED_VALUES}::int - COALESCE(taken, 0)
      ), added AS (
        INSERT INTO population_count (project_id, epoch_id, stratum_id, day, attribute, value, outputs, weight)
        SELECT gone.project_id, epoch_id, stratum_id, day, attribute,
          CASE WHEN folded.value IS NULL THEN gone.value ELSE ${OTHER_VALUE} END, sum(outputs), sum(weight)
        FROM gone LEFT JOIN folded USING (epoch_id, attribute, value)
        GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
        ON CONFLICT (project_id, epoch_id, stratum_id, day, attribute, value) DO UPDATE
          SET outputs = population_count.outputs + excluded.outputs, weight = population_count.weight + excluded.weight
      ), dirty AS (
        INSERT INTO dirty_epoch (project_id, epoch_id) SELECT DISTINCT project_id, epoch_id FROM gone
      )
      SELECT count(*)::int AS moved FROM gone`;
    if (row.moved > 0) {
      await enqueueJob(
        tx,
        "refresh-estimate",
        { projectId },
        { key: `refresh:${projectId}`, delaySeconds: 1 },
      );
    }
    return row.moved;
  });
}

async function foldLedger(db: Db, projectId: string): Promise<number> {
  return inTransaction(db, async (tx) => {
    const [row] = await tx.$queryRaw<[{ moved: number }]>`
      WITH taken AS (
        SELECT seq FROM ledger_delta WHERE project_id = ${projectId}::uuid ORDER BY seq LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
      ), gone AS (
        DELETE FROM ledger_delta USING taken WHERE ledger_delta.seq = taken.seq RETURNING ledger_delta.*
      ), added AS (
        INSERT INTO ledger_hour AS ledger
          (project_id, source_id, hour, received, accepted, flagged, duplicates, conflicts, quarantined, refused)
        SELECT project_id, source_id, hour, sum(received), sum(accepted), sum(flagged), sum(duplicates), sum(conflicts),
          sum(quarantined), sum(refused)
        FROM gone GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (project_id, source_id, hour) DO UPDATE SET
          received = ledger.received + excluded.received, accepted = ledger.accepted + excluded.accepted,
          flagged = ledger.flagged + excluded.flagged, duplicates = ledger.duplicates + excluded.duplicates,
          conflicts = ledger.conflicts + excluded.conflicts, quarantined = ledger.quarantined + excluded.quarantined,
          refused = ledger.refused + excluded.refused
      )
      SELECT count(*)::int AS moved FROM gone`;
    return row.moved;
  });
}
