import type { Ctx } from "@/lib/core/ctx";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import type { StartStep } from "./schema";

/** Leaves a step of the set-up out, or takes it up again. Safe to repeat, and two at once do not undo each other. */
export async function settleStep(
  ctx: Ctx,
  { step, settled }: { step: StartStep; settled: boolean },
): Promise<void> {
  const { id: projectId } = ctx.project;
  await inTransaction(ctx.db, async (tx) => {
    await tx.$executeRaw`
      INSERT INTO project_start (project_id, settled, changed_at)
      VALUES (${projectId}::uuid, ${settled ? [step] : []}::text[], ${ctx.now})
      ON CONFLICT (project_id) DO UPDATE SET changed_at = EXCLUDED.changed_at,
        settled = array_remove(project_start.settled, ${step}) || EXCLUDED.settled`;
    await writeAudit(tx, ctx, {
      action: "start.step",
      objectKind: "project",
      objectId: projectId,
      details: { step, settled },
    });
  });
}
