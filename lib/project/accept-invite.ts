import type { InstanceCtx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import { sqlState } from "@/lib/db/sql-state";
import { inTransaction } from "@/lib/db/transaction";
import { endSessionsOf } from "./end-session";
import { hashPassword, requireGoodPassword } from "./password";
import { grantInvite, linkIsOver, takeInvite, viewInvite } from "./take-invite";

/**
 * A new person sets name and password and is in. The link is used up in the same transaction, so of two people with the same
 * link the second gets GONE.
 * @throws AppError GONE, CONFLICT (other address, account exists) or INVALID (weak password)
 */
export async function acceptInvite(
  ctx: InstanceCtx,
  input: { token: string; name: string; email: string; password: string },
): Promise<{ email: string }> {
  const view = await viewInvite(ctx.db, input.token, ctx.now);
  if (view.purpose === "password") throw linkIsOver();
  requireGoodPassword(input.password, input.email);
  const passwordHash = await hashPassword(input.password);
  const id = newId();
  try {
    await inTransaction(ctx.db, async (tx) => {
      const invite = await takeInvite(tx, ctx, input.token, input.email);
      if (invite.userId) throw linkIsOver();
      await tx.user.create({ data: { id, email: input.email, name: input.name, passwordHash } });
      await grantInvite(tx, invite, id);
      await writeAudit(tx, joiner(ctx, id, input.name), {
        action: "invite.accept",
        objectKind: "invite",
        objectId: invite.id,
        details: { project_id: invite.projectId, role: invite.role, admin: invite.isAdmin },
      });
    });
  } catch (error) {
    if (sqlState(error) === "23505" || (error as { code?: unknown }).code === "P2002") throw accountExists();
    throw error;
  }
  return { email: input.email };
}

/** Somebody who is signed in uses the link for the account they have. */
export async function joinWithInvite(ctx: InstanceCtx, token: string): Promise<{ project: string | null }> {
  const { actor } = ctx;
  if (actor.kind !== "user") throw new AppError("UNAUTHENTICATED", "Sign in first.");
  return inTransaction(ctx.db, async (tx) => {
    const person = await tx.user.findUniqueOrThrow({ where: { id: actor.userId }, select: { email: true } });
    const invite = await takeInvite(tx, ctx, token, person.email);
    if (invite.userId) throw linkIsOver();
    await grantInvite(tx, invite, actor.userId);
    await writeAudit(tx, ctx, {
      action: "invite.accept",
      objectKind: "invite",
      objectId: invite.id,
      details: { project_id: invite.projectId, role: invite.role, admin: invite.isAdmin },
    });
    if (!invite.projectId) return { project: null };
    const project = await tx.project.findUniqueOrThrow({
      where: { id: invite.projectId },
      select: { slug: true },
    });
    return { project: project.slug };
  });
}

/** A person with a reset link chooses a new password; every sign-in made with the old one ends. */
export async function resetPassword(
  ctx: InstanceCtx,
  input: { token: string; password: string },
): Promise<{ email: string }> {
  const view = await viewInvite(ctx.db, input.token, ctx.now);
  if (view.purpose !== "password" || !view.email) throw linkIsOver();
  requireGoodPassword(input.password, view.email);
  const passwordHash = await hashPassword(input.password);
  return inTransaction(ctx.db, async (tx) => {
    const invite = await takeInvite(tx, ctx, input.token, null);
    if (!invite.userId) throw linkIsOver();
    const person = await tx.user.update({
      where: { id: invite.userId, disabledAt: null },
      data: { passwordHash },
      select: { email: true, name: true },
    });
    await tx.invite.update({ where: { id: invite.id }, data: { usedBy: invite.userId } });
    await endSessionsOf(tx, invite.userId, ctx.now);
    await writeAudit(tx, joiner(ctx, invite.userId, person.name), {
      action: "person.reset-password",
      objectKind: "person",
      objectId: invite.userId,
    });
    return { email: person.email };
  });
}

/** The person acts in their own name, though no sign-in exists yet. */
function joiner(ctx: InstanceCtx, userId: string, name: string): InstanceCtx {
  return { ...ctx, actor: { kind: "user", userId, sessionId: "", isAdmin: false, name } };
}

function accountExists(): AppError {
  return new AppError(
    "CONFLICT",
    "There is an account with this address already. Sign in, then open the link again.",
    {
      reason: "account_exists",
      fields: { email: "There is an account with this address already." },
    },
  );
}
