import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";

/**
 * Takes an item from the screen of whoever holds it, so that others can have it at once. What they send all the same is kept as an
 * extra opinion. CONFLICT when nobody holds it any more.
 */
export async function takeBackSlot(ctx: Ctx, slotId: string): Promise<void> {
  const projectId = ctx.project.id;
  await inTransaction(ctx.db, async (tx) => {
    const slot = await tx.reviewSlot.findUnique({
      where: { projectId_id: { projectId, id: slotId } },
      select: { holderId: true },
    });
    if (!slot) throw new AppError("NOT_FOUND", "This item does not exist.");
    const freed = await tx.$executeRaw`
      UPDATE review_slot SET holder_id = NULL, lease_token = NULL, lease_expires_at = NULL
      WHERE project_id = ${projectId}::uuid AND id = ${slotId}::uuid AND state = 'OPEN'
        AND holder_id = ${slot.holderId}::uuid AND lease_expires_at > clock_timestamp()`;
    if (freed === 0)
      throw new AppError("CONFLICT", "Nobody holds this item any more.", { reason: "not_held" });
    await writeAudit(tx, ctx, {
      action: "queue.release",
      objectKind: "person",
      ...(slot.holderId ? { objectId: slot.holderId } : {}),
    });
  });
}
