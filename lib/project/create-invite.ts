import type { Ctx, InstanceCtx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import { newInviteToken } from "./invite-token";
import type { ProjectRole } from "./permission";

const INVITE_MINUTES = 48 * 60;
/** A link that changes a password is worth more and lives shorter. */
const RESET_MINUTES = 30;

export interface NewInvite {
  id: string;
  /** The address to copy, without the host; it holds the token and is shown once. */
  path: string;
  expires_at: Date;
}

/** A single-use link into this project. With an address, only that address can use it. */
export async function createProjectInvite(
  ctx: Ctx,
  input: { role: ProjectRole; email?: string | undefined },
): Promise<NewInvite> {
  return store(
    ctx,
    { projectId: ctx.project.id, role: input.role, email: input.email ?? null },
    INVITE_MINUTES,
    {
      action: "invite.create",
      details: { role: input.role, email: input.email ?? null },
    },
  );
}

/** A single-use link for another administrator of the installation. */
export async function createAdminInvite(
  ctx: InstanceCtx,
  input: { email?: string | undefined },
): Promise<NewInvite> {
  return store(ctx, { isAdmin: true, email: input.email ?? null }, INVITE_MINUTES, {
    action: "invite.create",
    details: { admin: true, email: input.email ?? null },
  });
}

/** A single-use link with which a person who forgot the password chooses a new one; earlier ones stop working. */
export async function createResetLink(ctx: InstanceCtx, userId: string): Promise<NewInvite> {
  const person = await ctx.db.user.findUnique({
    where: { id: userId },
    select: { disabledAt: true, oidcSubject: true },
  });
  if (!person) throw new AppError("NOT_FOUND", "This person does not exist.");
  if (person.disabledAt)
    throw new AppError("CONFLICT", "Enable this person first.", { reason: "person_disabled" });
  if (person.oidcSubject) {
    throw new AppError(
      "CONFLICT",
      "This person signs in through the identity provider and has no password here.",
      {
        reason: "provider_account",
      },
    );
  }
  return store(ctx, { userId }, RESET_MINUTES, { action: "person.reset-link", details: { user_id: userId } });
}

async function store(
  ctx: Ctx | InstanceCtx,
  grant: {
    projectId?: string;
    role?: ProjectRole;
    isAdmin?: boolean;
    userId?: string;
    email?: string | null;
  },
  minutes: number,
  audit: { action: string; details: Record<string, string | boolean | null> },
): Promise<NewInvite> {
  const { tokenHash, path } = newInviteToken();
  const id = newId();
  const expiresAt = new Date(ctx.now.getTime() + minutes * 60_000);
  const createdBy = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  await inTransaction(ctx.db, async (tx) => {
    if (grant.userId) {
      await tx.invite.updateMany({
        where: { userId: grant.userId, usedAt: null, revokedAt: null },
        data: { revokedAt: ctx.now },
      });
    }
    await tx.invite.create({ data: { id, tokenHash, expiresAt, createdBy, createdAt: ctx.now, ...grant } });
    await writeAudit(tx, ctx, { ...audit, objectKind: "invite", objectId: id });
  });
  return { id, path, expires_at: expiresAt };
}

/** Takes a link back that nobody has used. `scope` null: the installation's own. */
export async function revokeInvite(ctx: Ctx | InstanceCtx, inviteId: string): Promise<void> {
  const scope = "project" in ctx ? { projectId: ctx.project.id } : { projectId: null };
  await inTransaction(ctx.db, async (tx) => {
    const { count } = await tx.invite.updateMany({
      where: { id: inviteId, ...scope, usedAt: null, revokedAt: null },
      data: { revokedAt: ctx.now },
    });
    if (count === 0)
      throw new AppError("NOT_FOUND", "This link does not exist, or it was used or taken back already.");
    await writeAudit(tx, ctx, { action: "invite.revoke", objectKind: "invite", objectId: inviteId });
  });
}
