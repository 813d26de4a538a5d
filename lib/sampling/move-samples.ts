import type { ClientBase } from "pg";

/** Outputs and samples by their ids, in a transaction on one connection. */
interface Moved {
  projectId: string;
  outputIds: readonly string[];
}

/**
 * Counts outputs where they are placed now: `by` 1 when they come there, -1 when they are about to leave. Call it before and after a
 * change of their epoch or stratum.
 */
export async function shiftPopulation(client: ClientBase, moved: Moved, by: 1 | -1): Promise<void> {
  if (moved.outputIds.length === 0) return;
  await client.query(
    `INSERT INTO population_delta (project_id, epoch_id, stratum_id, day, attribute, value, outputs, weight)
     SELECT project_id, epoch_id, stratum_id, day, place.attribute, place.value, $3::int * count(*), $3::int * sum(1 / source_probability)
     FROM output CROSS JOIN LATERAL (
       SELECT '' AS attribute, '' AS value UNION ALL SELECT key, each.value FROM jsonb_each_text(segments) each) place
     WHERE project_id = $1 AND id = ANY($2::uuid[]) GROUP BY 1, 2, 3, 4, 5, 6`,
    [moved.projectId, moved.outputIds, by],
  );
}

/** Samples before their slots and in one order, as whoever else changes several of them takes them. */
export async function lockSamples(client: ClientBase, { projectId, outputIds }: Moved): Promise<void> {
  await client.query(
    "SELECT 1 FROM sample WHERE project_id = $1 AND output_id = ANY($2::uuid[]) ORDER BY output_id FOR NO KEY UPDATE",
    [projectId, outputIds],
  );
}

/**
 * Brings samples to where their outputs have been moved; call it after the outputs were updated, so that their foreign keys hold the
 * rates still. What was judged stays judged, and counts there if the rate there selects it. What nobody has judged is served by the rate
 * there, or no longer; a look that somebody is at now is left to that person.
 */
export async function moveSamples(client: ClientBase, { projectId, outputIds }: Moved): Promise<void> {
  if (outputIds.length === 0) return;
  const values = [projectId, outputIds];
  await client.query(
    `UPDATE sample SET epoch_id = output.epoch_id, stratum_id = output.stratum_id, random_number = output.random_number
     FROM output WHERE sample.project_id = $1 AND sample.output_id = ANY($2::uuid[])
       AND output.project_id = sample.project_id AND output.id = sample.output_id`,
    values,
  );
  await client.query(
    `UPDATE review_slot slot
     SET state = CASE WHEN slot.state = 'OPEN' AND random_number >= rate THEN 'WITHDRAWN' ELSE 'OPEN' END::slot_state,
       order_key = CASE WHEN random_number < rate THEN random_number / rate ELSE order_key END,
       holder_id = CASE WHEN random_number < rate THEN holder_id END,
       lease_token = CASE WHEN random_number < rate THEN lease_token END,
       lease_expires_at = CASE WHEN random_number < rate THEN lease_expires_at END
     FROM sample JOIN stratum_epoch opened USING (project_id, epoch_id, stratum_id)
     WHERE slot.project_id = $1 AND slot.output_id = ANY($2::uuid[]) AND slot.occasion = 0
       AND sample.project_id = slot.project_id AND sample.output_id = slot.output_id
       AND CASE slot.state
         WHEN 'OPEN' THEN random_number < rate OR slot.lease_expires_at IS NULL OR slot.lease_expires_at <= clock_timestamp()
         WHEN 'WITHDRAWN' THEN random_number < rate AND sample.state = 'WITHDRAWN'
         ELSE false END`,
    values,
  );
  await client.query(
    `UPDATE sample SET state = CASE WHEN random_number < rate THEN 'QUEUED' ELSE 'WITHDRAWN' END::sample_state
     FROM stratum_epoch opened
     WHERE sample.project_id = $1 AND sample.output_id = ANY($2::uuid[]) AND sample.state IN ('QUEUED', 'WITHDRAWN')
       AND opened.project_id = sample.project_id AND opened.epoch_id = sample.epoch_id AND opened.stratum_id = sample.stratum_id
       AND (random_number < rate OR NOT EXISTS (SELECT 1 FROM review_slot slot WHERE slot.project_id = sample.project_id
         AND slot.output_id = sample.output_id AND slot.occasion = 0 AND slot.state = 'OPEN'))`,
    values,
  );
}
