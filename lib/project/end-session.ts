import type { InstanceCtx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";

/** Signs the actor out: this sign-in is over, also for a copy of its cookie. */
export async function endOwnSession(ctx: InstanceCtx): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== "user") throw new AppError("UNAUTHENTICATED", "Nobody is signed in.");
  await inTransaction(ctx.db, async (tx) => {
    await tx.session.updateMany({
      where: { id: actor.sessionId, endedAt: null },
      data: { endedAt: ctx.now },
    });
    await writeAudit(tx, ctx, { action: "session.end", objectKind: "session", objectId: actor.sessionId });
  });
}

/** Ends the live sign-ins of a person; returns how many. `keep` spares the one that asks. */
export async function endSessionsOf(tx: Tx, userId: string, now: Date, keep?: string): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { userId, endedAt: null, expiresAt: { gt: now }, ...(keep ? { id: { not: keep } } : {}) },
    data: { endedAt: now },
  });
  return count;
}

/** Signs somebody else out everywhere. */
export async function endSessions(ctx: InstanceCtx, userId: string): Promise<{ ended: number }> {
  return inTransaction(ctx.db, async (tx) => {
    const person = await tx.user.findUnique({ where: { id: userId }, select: { id: true } });
    if (!person) throw new AppError("NOT_FOUND", "This person does not exist.");
    const ended = await endSessionsOf(tx, userId, ctx.now);
    await writeAudit(tx, ctx, {
      action: "person.sign-out",
      objectKind: "person",
      objectId: userId,
      details: { ended },
    });
    return { ended };
  });
}

/** Signs the actor out on every other device. */
export async function endOtherSessions(ctx: InstanceCtx): Promise<{ ended: number }> {
  const { actor } = ctx;
  if (actor.kind !== "user") throw new AppError("UNAUTHENTICATED", "Nobody is signed in.");
  return inTransaction(ctx.db, async (tx) => {
    const ended = await endSessionsOf(tx, actor.userId, ctx.now, actor.sessionId);
    await writeAudit(tx, ctx, {
      action: "session.end-others",
      objectKind: "person",
      objectId: actor.userId,
      details: { ended },
    });
    return { ended };
  });
}
