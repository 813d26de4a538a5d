import type { Db } from "@/lib/db/client";

/**
 * Withdraws samples that nobody has judged although their epoch ended longer ago than the plan's maturity (for recorded history:
 * was closed so long ago), and forgets leases that ended a day ago. What somebody is at now is left to that person. An unjudged
 * sample counts the same before and after, so no estimate changes. Returns the number withdrawn.
 */
export async function expireSamples(db: Db): Promise<number> {
  await db.$executeRaw`
    UPDATE review_slot SET holder_id = NULL, lease_token = NULL, lease_expires_at = NULL
    WHERE state = 'OPEN' AND lease_expires_at < clock_timestamp() - interval '1 day'`;
  // Samples before their slots, as a submitted review takes them.
  const rows = await db.$queryRaw<[{ withdrawn: number }]>`
    WITH old AS MATERIALIZED (
      SELECT sample.project_id, sample.output_id FROM epoch
      JOIN sampling_plan plan ON plan.project_id = epoch.project_id AND plan.id = epoch.plan_id
      JOIN sample ON sample.project_id = epoch.project_id AND sample.epoch_id = epoch.id
      WHERE epoch.closed_at IS NOT NULL AND sample.state IN ('QUEUED', 'UNSURE')
        AND CASE clock WHEN 'LIVE' THEN epoch.ends_at ELSE epoch.closed_at END < now() - plan.maturity_days * interval '1 day'
        AND EXISTS (SELECT 1 FROM review_slot slot WHERE slot.project_id = sample.project_id
          AND slot.output_id = sample.output_id AND slot.occasion = 0 AND slot.state = 'OPEN'
          AND (slot.lease_expires_at IS NULL OR slot.lease_expires_at <= clock_timestamp()))
      ORDER BY sample.project_id, sample.output_id LIMIT 5000
      FOR NO KEY UPDATE OF sample SKIP LOCKED
    ), slots AS (
      UPDATE review_slot slot SET state = 'WITHDRAWN', holder_id = NULL, lease_token = NULL, lease_expires_at = NULL
      FROM old WHERE slot.project_id = old.project_id AND slot.output_id = old.output_id AND slot.occasion = 0
        AND slot.state = 'OPEN'
        AND (slot.lease_expires_at IS NULL OR slot.lease_expires_at <= clock_timestamp())
      RETURNING 1
    ), gone AS (
      UPDATE sample SET state = 'WITHDRAWN' FROM old
      WHERE sample.project_id = old.project_id AND sample.output_id = old.output_id AND sample.state = 'QUEUED'
        AND NOT EXISTS (SELECT 1 FROM review_slot held WHERE held.project_id = sample.project_id
          AND held.output_id = sample.output_id AND held.occasion = 0 AND held.lease_expires_at > clock_timestamp() AND held.state = 'OPEN')
      RETURNING 1
    )
    SELECT count(*)::int AS withdrawn FROM gone`;
  return rows[0].withdrawn;
}
