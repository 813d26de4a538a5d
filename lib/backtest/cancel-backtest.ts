import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import { readBacktest } from "./queries";
import type { BacktestSummary } from "./schema";

/** Ends a backtest that waits or runs; whoever works on it notices within seconds. CONFLICT when it has ended already. */
export async function cancelBacktest(ctx: Ctx, id: string): Promise<BacktestSummary> {
  const projectId = ctx.project.id;
  await inTransaction(ctx.db, async (tx) => {
    const { count } = await tx.backtest.updateMany({
      where: { projectId, id, state: { in: ["WAITING", "RUNNING"] } },
      data: { state: "CANCELLED", finishedAt: ctx.now },
    });
    if (count === 0) {
      await readBacktest({ ...ctx, db: tx }, id);
      throw new AppError("CONFLICT", "This backtest has ended already.", { reason: "backtest_ended" });
    }
    await writeAudit(tx, ctx, { action: "backtest.cancel", objectKind: "backtest", objectId: id });
  });
  return readBacktest(ctx, id);
}
