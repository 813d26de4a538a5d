import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

interface EpochRef {
  projectId: string;
  epochId: string;
}

/**
 * After the rates of an epoch were settled: what lies beyond its rate is served no longer (what was judged stays, as surplus),
 * and the rest is served in the order of the new keys. A look that somebody is at now is left to that person.
 */
export async function withdrawSamples(tx: Tx, epoch: EpochRef): Promise<number> {
  const { projectId, epochId } = epoch;
  // Samples before their slots, as a submitted review takes them, so that the two cannot wait for each other.
  await tx.$executeRaw`
    SELECT 1 FROM sample WHERE project_id = ${projectId}::uuid AND epoch_id = ${epochId}::uuid
    ORDER BY output_id FOR NO KEY UPDATE`;
  await tx.$executeRaw`
    UPDATE review_slot SET state = 'WITHDRAWN', holder_id = NULL, lease_token = NULL, lease_expires_at = NULL
    WHERE project_id = ${projectId}::uuid AND state = 'OPEN'
      AND id = ANY (ARRAY(${openSlots(epoch, Prisma.sql`sample.random_number >= opened.rate`)}))
      AND (lease_expires_at IS NULL OR lease_expires_at <= clock_timestamp())`;
  const withdrawn = await tx.$executeRaw`
    UPDATE sample SET state = 'WITHDRAWN'
    FROM stratum_epoch opened
    WHERE sample.project_id = ${projectId}::uuid AND sample.epoch_id = ${epochId}::uuid AND sample.state = 'QUEUED'
      AND opened.project_id = sample.project_id AND opened.epoch_id = sample.epoch_id
      AND opened.stratum_id = sample.stratum_id AND sample.random_number >= opened.rate
      AND (SELECT count(*) FROM review_slot slot WHERE slot.project_id = sample.project_id
        AND slot.output_id = sample.output_id AND slot.occasion = 0 AND slot.state = 'OPEN') = 0`;
  const moved = Prisma.sql`opened.rate > 0 AND slot.order_key <> sample.random_number / opened.rate`;
  await tx.$executeRaw`
    UPDATE review_slot slot SET order_key = (
      SELECT random_number / rate FROM sample JOIN stratum_epoch USING (project_id, epoch_id, stratum_id)
      WHERE sample.project_id = slot.project_id AND sample.output_id = slot.output_id)
    WHERE slot.project_id = ${projectId}::uuid AND slot.state = 'OPEN' AND slot.id = ANY (ARRAY(${openSlots(epoch, moved)}))`;
  return withdrawn;
}

/**
 * Ids of the open slots of some samples of an epoch (not of re-servings). The lateral query and the array keep the planner at index look-ups: as a join
 * it read all slots of the project for each epoch (100 ms after 6,000 slots, growing with them).
 */
function openSlots({ projectId, epochId }: EpochRef, which: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT slot.id FROM sample JOIN stratum_epoch opened USING (project_id, epoch_id, stratum_id)
    CROSS JOIN LATERAL (SELECT id, order_key FROM review_slot WHERE review_slot.project_id = sample.project_id
      AND review_slot.output_id = sample.output_id AND review_slot.occasion = 0 AND review_slot.state = 'OPEN' OFFSET 0) slot
    WHERE sample.project_id = ${projectId}::uuid AND sample.epoch_id = ${epochId}::uuid AND ${which}`;
}
