import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import type { ChangeSourceInput } from "./schema";

/** Switches a source off or on again, within five seconds everywhere; what it has sent stays. Twice the same is no error. */
export async function changeSource(
  ctx: Ctx,
  sourceId: string,
  { disabled }: ChangeSourceInput,
): Promise<void> {
  const projectId = ctx.project.id;
  await inTransaction(ctx.db, async (tx) => {
    const source = await tx.source.findUnique({
      where: { projectId_id: { projectId, id: sourceId } },
      select: { name: true },
    });
    if (!source) throw new AppError("NOT_FOUND", "This source does not exist.");
    const { count } = await tx.source.updateMany({
      where: { projectId, id: sourceId, disabledAt: disabled ? null : { not: null } },
      data: { disabledAt: disabled ? ctx.now : null },
    });
    if (count === 0) return;
    await writeAudit(tx, ctx, {
      action: disabled ? "source.disable" : "source.enable",
      objectKind: "source",
      objectId: sourceId,
      details: { name: source.name },
    });
  });
}
