import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import { withdrawRetired } from "./withdraw-probes";

/**
 * Takes a known item out of service; when its truth turned out to be wrong it counts for nobody any more. Whoever holds it now may
 * finish. A second call finds it retired and only adds that it is mistaken.
 */
export async function retireGold(
  ctx: Ctx,
  gold: { outputId: string; occasion: number; mistaken: boolean },
): Promise<void> {
  const { outputId, occasion, mistaken } = gold;
  const projectId = ctx.project.id;
  await inTransaction(ctx.db, async (tx) => {
    const retired = await tx.$executeRaw`
      UPDATE review_occasion SET retired_at = coalesce(retired_at, clock_timestamp()), mistaken = mistaken OR ${mistaken}
      WHERE project_id = ${projectId}::uuid AND output_id = ${outputId}::uuid AND occasion = ${occasion}::int AND kind = 'GOLD'`;
    if (retired === 0) throw new AppError("NOT_FOUND", "This known item does not exist.");
    await withdrawRetired(tx, projectId);
    await writeAudit(tx, ctx, {
      action: "gold.retire",
      objectKind: "output",
      objectId: outputId,
      details: { occasion, mistaken },
    });
  });
}
