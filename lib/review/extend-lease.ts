import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { reviewerId } from "./reviewer";

export interface LeaseRef {
  slotId: string;
  leaseToken: string;
  /** How long from now, by the database's clock. */
  leaseSeconds: number;
}

export interface LeaseState {
  slotId: string;
  /** Null: somebody else has taken it, it was withdrawn, or it is done. */
  secondsLeft: number | null;
}

/** Which of these slots nobody needs any more: withdrawn, or removed together with their output. */
export async function withdrawnSlots(ctx: Ctx, slotIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (slotIds.length === 0) return new Set();
  const needed = await ctx.db.reviewSlot.findMany({
    where: { projectId: ctx.project.id, id: { in: [...slotIds] }, state: { not: "WITHDRAWN" } },
    select: { id: true },
  });
  const known = new Set(needed.map((slot) => slot.id));
  return new Set(slotIds.filter((slotId) => !known.has(slotId)));
}

const row = z.object({ slotId: z.string(), secondsLeft: z.number() });

/**
 * The heartbeat. A lease that has run out is renewed as long as its token still stands in the row: then nobody has taken the slot
 * since. Who finds another token has lost it.
 */
export async function extendLeases(ctx: Ctx, leases: readonly LeaseRef[]): Promise<LeaseState[]> {
  const rows = z.array(row).parse(
    await ctx.db.$queryRaw`
      UPDATE review_slot slot
      SET lease_expires_at = clock_timestamp() + make_interval(secs => lease.seconds)
      FROM unnest(
        ${leases.map((each) => each.slotId)}::uuid[], ${leases.map((each) => each.leaseToken)}::uuid[],
        ${leases.map((each) => each.leaseSeconds)}::double precision[]) AS lease(slot_id, token, seconds)
      WHERE slot.project_id = ${ctx.project.id}::uuid AND slot.id = lease.slot_id AND slot.lease_token = lease.token
        AND slot.holder_id = ${reviewerId(ctx)}::uuid AND slot.state = 'OPEN'
      RETURNING slot.id AS "slotId",
                extract(epoch FROM slot.lease_expires_at - clock_timestamp())::double precision AS "secondsLeft"`,
  );
  const left = new Map(rows.map((each) => [each.slotId, each.secondsLeft]));
  return leases.map(({ slotId }) => ({ slotId, secondsLeft: left.get(slotId) ?? null }));
}
