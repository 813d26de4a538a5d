import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import type { BreakerDecision } from "./breaker-schema";

/**
 * What a person decides about an open breaker: hold back all the same, take and flag again, or say that the sender is at fault and the
 * contract stays. Of two who decide at once the later counts. Returns what its incident is about. @throws AppError NOT_FOUND, or CONFLICT when it is over
 */
export async function decideBreaker(
  tx: Tx,
  ctx: Ctx,
  { id, decision, note }: { id: string; decision: BreakerDecision; note: string },
): Promise<string> {
  const where = { projectId: ctx.project.id, id };
  const decidedBy = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  const change = decision === "sender" ? { senderFault: note } : { holding: decision === "hold" };
  const { count } = await tx.contractBreaker.updateMany({
    where: { ...where, closedAt: null },
    data: { ...change, decidedBy, decidedAt: ctx.now },
  });
  const breaker = await tx.contractBreaker.findUnique({ where: { projectId_id: where } });
  if (!breaker) throw new AppError("NOT_FOUND", "There is no such breaker.");
  if (count === 0) {
    throw new AppError("CONFLICT", "This is over in the meantime: records are held back as ever.", {
      reason: "closed",
    });
  }
  await writeAudit(tx, ctx, {
    action: "contract.decide-breaker",
    objectKind: "contract_breaker",
    objectId: id,
    details: { code: breaker.code, version: breaker.version, decision, note },
  });
  const first = await tx.contractBreaker.findUniqueOrThrow({
    where: { projectId_id: { ...where, id: breaker.episodeId } },
    select: { code: true },
  });
  return `${first.code} ${breaker.episodeId}`;
}
