import type { Ctx } from "@/lib/core/ctx";
import type { LeaseRef } from "./extend-lease";
import { reviewerId } from "./reviewer";

/** Gives slots back at once (the reviewer leaves the page); leases that were lost meanwhile are left alone. Returns how many. */
export async function releaseLeases(
  ctx: Ctx,
  leases: readonly Pick<LeaseRef, "slotId" | "leaseToken">[],
): Promise<number> {
  return await ctx.db.$executeRaw`
    UPDATE review_slot slot
    SET holder_id = NULL, lease_token = NULL, lease_expires_at = NULL
    FROM unnest(${leases.map((each) => each.slotId)}::uuid[], ${leases.map((each) => each.leaseToken)}::uuid[])
      AS lease(slot_id, token)
    WHERE slot.project_id = ${ctx.project.id}::uuid AND slot.id = lease.slot_id AND slot.lease_token = lease.token
      AND slot.holder_id = ${reviewerId(ctx)}::uuid AND slot.state = 'OPEN'`;
}
