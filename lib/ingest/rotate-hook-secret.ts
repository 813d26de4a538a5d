import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { makeSourceSecret, sealSourceSecret } from "./source-secret";

/** Stores a new signing secret of a hook, sealed, and returns it. */
export async function addSourceSecret(tx: Tx, ctx: Ctx, sourceId: string): Promise<string> {
  const projectId = ctx.project.id;
  const id = newId();
  const secret = makeSourceSecret();
  const { sealedSecret, secretHash } = sealSourceSecret({ projectId, sourceId, id }, secret);
  const row = { projectId, id, sourceId, sealedSecret, createdAt: ctx.now };
  await tx.sourceSecret.create({ data: { ...row, secretHash: new Uint8Array(secretHash) } });
  return secret;
}

/**
 * Gives a hook a new signing secret. The newest of the old ones stays valid for the overlap, so that the sender can be switched over
 * without a gap; at most two are ever accepted. Of two who rotate at once, the second replaces what the first made.
 */
export async function rotateHookSecret(
  ctx: Ctx,
  sourceId: string,
  overlapHours: number,
): Promise<{ secret: string }> {
  const projectId = ctx.project.id;
  return inTransaction(ctx.db, async (tx) => {
    const rows = await tx.$queryRaw<{ name: string }[]>`
      SELECT name FROM source WHERE project_id = ${projectId}::uuid AND id = ${sourceId}::uuid AND kind = 'HOOK'
        AND disabled_at IS NULL FOR NO KEY UPDATE`;
    const hook = rows[0];
    if (!hook) throw new AppError("NOT_FOUND", "This hook does not exist, or it is switched off.");
    const newest = await tx.sourceSecret.findFirst({
      where: { projectId, sourceId, OR: [{ expiresAt: null }, { expiresAt: { gt: ctx.now } }] },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    });
    await tx.sourceSecret.deleteMany({
      where: { projectId, sourceId, ...(newest && overlapHours > 0 ? { id: { not: newest.id } } : {}) },
    });
    await tx.sourceSecret.updateMany({
      where: { projectId, sourceId },
      data: { expiresAt: new Date(ctx.now.getTime() + overlapHours * 3_600_000) },
    });
    const secret = await addSourceSecret(tx, ctx, sourceId);
    await writeAudit(tx, ctx, {
      action: "source.rotate-secret",
      objectKind: "source",
      objectId: sourceId,
      details: { name: hook.name, overlap_hours: overlapHours },
    });
    return { secret };
  });
}
