import type { Tx } from "@/lib/db/client";

/** Takes retired re-servings off the queue; what somebody holds is left to them. */
export async function withdrawRetired(tx: Tx, projectId: string): Promise<number> {
  return await tx.$executeRaw`
    UPDATE review_slot slot
    SET state = 'WITHDRAWN', holder_id = NULL, lease_token = NULL, lease_expires_at = NULL
    FROM review_occasion re_serving
    WHERE slot.project_id = ${projectId}::uuid AND slot.occasion > 0 AND slot.state = 'OPEN'
      AND (slot.lease_expires_at IS NULL OR slot.lease_expires_at <= clock_timestamp())
      AND re_serving.project_id = slot.project_id AND re_serving.output_id = slot.output_id
      AND re_serving.occasion = slot.occasion AND re_serving.retired_at IS NOT NULL`;
}
