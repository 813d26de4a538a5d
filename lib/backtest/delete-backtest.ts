import type { Ctx } from "@/lib/core/ctx";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import { noBacktest } from "./queries";

/** Deletes a backtest with its result; one that runs ends. */
export async function deleteBacktest(ctx: Ctx, id: string): Promise<void> {
  const projectId = ctx.project.id;
  await inTransaction(ctx.db, async (tx) => {
    const { count } = await tx.backtest.deleteMany({ where: { projectId, id } });
    if (count === 0) throw noBacktest();
    await writeAudit(tx, ctx, { action: "backtest.delete", objectKind: "backtest", objectId: id });
  });
}
