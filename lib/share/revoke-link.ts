import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";

/** Ends a link from its next request on; of two people at once, the second gets CONFLICT. */
export async function revokeLink(ctx: Ctx, id: string): Promise<void> {
  const projectId = ctx.project.id;
  await inTransaction(ctx.db, async (tx) => {
    const link = await tx.shareLink.findUnique({ where: { projectId_id: { projectId, id } } });
    if (!link) throw new AppError("NOT_FOUND", "This link does not exist.");
    const { count } = await tx.shareLink.updateMany({
      where: { projectId, id, revokedAt: null },
      data: { revokedAt: ctx.now },
    });
    if (count === 0)
      throw new AppError("CONFLICT", "This link was revoked already.", { reason: "already_revoked" });
    await writeAudit(tx, ctx, {
      action: "share.revoke",
      objectKind: "share_link",
      objectId: id,
      details: { name: link.name },
    });
  });
}
