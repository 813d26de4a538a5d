import type { Tx } from "@/lib/db/client";

/**
 * After the rates of an epoch were settled: what lies beyond its rate is served no longer (what was judged stays, as surplus),
 * and the rest is served in the order of the new keys. A look that somebody is at now is left to that person.
 */
export async function withdrawSamples(
  tx: Tx,
  epoch: { projectId: string; epochId: string },
): Promise<number> {
  const { projectId, epochId } = epoch;
  // Samples before their slots, as a submitted review takes them, so that the two cannot wait for each other.
  await tx.$executeRaw`
    SELECT 1 FROM sample WHERE project_id = ${projectId}::uuid AND epoch_id = ${epochId}::uuid
    ORDER BY output_id FOR NO KEY UPDATE`;
  await tx.$executeRaw`
    UPDATE review_slot slot SET state = 'WITHDRAWN', holder_id = NULL, lease_token = NULL, lease_expires_at = NULL
    FROM sample JOIN stratum_epoch opened USING (project_id, epoch_id, stratum_id)
    WHERE sample.project_id = ${projectId}::uuid AND sample.epoch_id = ${epochId}::uuid
      AND sample.random_number >= opened.rate
      AND slot.project_id = sample.project_id AND slot.output_id = sample.output_id AND slot.state = 'OPEN'
      AND (slot.lease_expires_at IS NULL OR slot.lease_expires_at <= clock_timestamp())`;
  const withdrawn = await tx.$executeRaw`
    UPDATE sample SET state = 'WITHDRAWN'
    FROM stratum_epoch opened
    WHERE sample.project_id = ${projectId}::uuid AND sample.epoch_id = ${epochId}::uuid AND sample.state = 'QUEUED'
      AND opened.project_id = sample.project_id AND opened.epoch_id = sample.epoch_id
      AND opened.stratum_id = sample.stratum_id AND sample.random_number >= opened.rate
      AND NOT EXISTS (SELECT 1 FROM review_slot slot WHERE slot.project_id = sample.project_id
        AND slot.output_id = sample.output_id AND slot.state = 'OPEN')`;
  await tx.$executeRaw`
    UPDATE review_slot slot SET order_key = sample.random_number / opened.rate
    FROM sample JOIN stratum_epoch opened USING (project_id, epoch_id, stratum_id)
    WHERE sample.project_id = ${projectId}::uuid AND sample.epoch_id = ${epochId}::uuid AND opened.rate > 0
      AND slot.project_id = sample.project_id AND slot.output_id = sample.output_id AND slot.state = 'OPEN'
      AND slot.order_key <> sample.random_number / opened.rate`;
  return withdrawn;
}
