import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";

/** Takes a channel out of service; its deliveries stay in the log, and what waits waits. Twice is NOT_FOUND. */
export async function removeChannel(ctx: Ctx, id: string): Promise<void> {
  await setRemoved(ctx, id, ctx.now);
}

/** Takes the removal back: what waited meanwhile is sent. @throws AppError NOT_FOUND when it is not removed */
export async function restoreChannel(ctx: Ctx, id: string): Promise<void> {
  await setRemoved(ctx, id, null);
}

async function setRemoved(ctx: Ctx, id: string, at: Date | null): Promise<void> {
  const projectId = ctx.project.id;
  await inTransaction(ctx.db, async (tx) => {
    const { count } = await tx.alertChannel.updateMany({
      where: { projectId, id, deletedAt: at === null ? { not: null } : null },
      data: { deletedAt: at },
    });
    if (count === 0) throw new AppError("NOT_FOUND", "There is no such channel.");
    const { name } = await tx.alertChannel.findUniqueOrThrow({
      where: { projectId_id: { projectId, id } },
      select: { name: true },
    });
    await writeAudit(tx, ctx, {
      action: at === null ? "alert-channel.restore" : "alert-channel.remove",
      objectKind: "alert_channel",
      objectId: id,
      details: { name },
    });
  });
}
