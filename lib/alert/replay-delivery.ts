import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import type { TryResult } from "./schema";
import { tryNow } from "./try-now";

/**
 * Sends a delivery again, now, with the same id and words; one that fails again is tried by the schedule from its beginning. Somebody
 * who holds it at this moment is not disturbed. @throws AppError NOT_FOUND, CONFLICT
 */
export async function replayDelivery(ctx: Ctx, id: string): Promise<TryResult> {
  const projectId = ctx.project.id;
  await inTransaction(ctx.db, async (tx) => {
    const found = await tx.alertDelivery.findUnique({
      where: { projectId_id: { projectId, id } },
      include: { channel: { select: { deletedAt: true, disabledAt: true, name: true } } },
    });
    if (!found) throw new AppError("NOT_FOUND", "There is no such delivery.");
    const { channel } = found;
    if (channel.deletedAt || channel.disabledAt) {
      const what = channel.deletedAt ? "was removed" : "is switched off";
      throw new AppError("CONFLICT", `“${channel.name}” ${what}.`, { reason: "channel_off" });
    }
    const { count } = await tx.alertDelivery.updateMany({
      where: { projectId, id, leaseToken: null },
      data: {
        state: "WAITING",
        dueAt: new Date(0),
        heldFor: null,
        settledAt: null,
        bundleId: null,
        attemptsBefore: found.attempts,
      },
    });
    if (count === 0)
      throw new AppError("CONFLICT", "It is being sent at this moment.", { reason: "being_sent" });
    await writeAudit(tx, ctx, {
      action: "alert-delivery.replay",
      objectKind: "alert_delivery",
      objectId: id,
      details: { channel: channel.name, attempts: found.attempts },
    });
  });
  return tryNow(projectId, id);
}
