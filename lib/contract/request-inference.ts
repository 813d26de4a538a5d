import type { Ctx } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import { enqueueJob } from "@/lib/db/enqueue-job";
import { inTransaction } from "@/lib/db/transaction";

/** Asks for rules from the pilot as it is now; a job makes them. Asked twice at once, the later request counts. */
export async function requestInference(ctx: Ctx): Promise<void> {
  const requestId = newId();
  const { id: projectId } = ctx.project;
  const asked = {
    requestId,
    state: "WAITING" as const,
    problem: null,
    requestedBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
    requestedAt: ctx.now,
    finishedAt: null,
  };
  await inTransaction(ctx.db, async (tx) => {
    await tx.$executeRaw`DELETE FROM contract_draft WHERE project_id = ${projectId}::uuid`;
    await tx.contractDraft.create({ data: { projectId, ...asked } });
    await writeAudit(tx, ctx, { action: "contract.infer", objectKind: "contract" });
    await enqueueJob(tx, "infer-contract", { projectId, requestId }, { key: `infer-contract ${requestId}` });
  });
}
