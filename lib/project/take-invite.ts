import type { InstanceCtx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import { hashInviteToken } from "./invite-token";
import type { ProjectRole } from "./permission";

export interface OpenInvite {
  id: string;
  email: string | null;
  projectId: string | null;
  role: ProjectRole | null;
  isAdmin: boolean;
  userId: string | null;
}

/** One sentence for unknown, used, revoked and expired: a guesser learns nothing. */
export function linkIsOver(): AppError {
  return new AppError("GONE", "This link is no longer valid. Ask the person who sent it for a new one.", {
    reason: "invite_over",
  });
}

/**
 * Uses up the link in the caller's transaction, by one conditional update: of two people with the same link one gets in.
 * @throws AppError GONE, or CONFLICT when it was made for another address
 */
export async function takeInvite(
  tx: Tx,
  ctx: InstanceCtx,
  token: string,
  email: string | null,
): Promise<OpenInvite> {
  const rows = await tx.$queryRaw<OpenInvite[]>`
    UPDATE invite SET used_at = ${ctx.now}
    WHERE token_hash = ${hashInviteToken(token)} AND used_at IS NULL AND revoked_at IS NULL AND expires_at > ${ctx.now}
      AND (project_id IS NULL OR EXISTS (SELECT 1 FROM project p WHERE p.id = invite.project_id AND p.archived_at IS NULL))
    RETURNING id, email, project_id AS "projectId", role, is_admin AS "isAdmin", user_id AS "userId"`;
  const invite = rows[0];
  if (!invite) throw linkIsOver();
  if (invite.email && email !== null && invite.email !== email) {
    throw new AppError("CONFLICT", "This link was made for another address.", {
      reason: "invite_other_address",
    });
  }
  return invite;
}

/** Gives the person what the link promises. A role that is already higher stays. */
export async function grantInvite(tx: Tx, invite: OpenInvite, userId: string): Promise<void> {
  await tx.invite.update({ where: { id: invite.id }, data: { usedBy: userId } });
  if (invite.isAdmin) await tx.user.update({ where: { id: userId }, data: { isAdmin: true } });
  if (!invite.projectId || !invite.role) return;
  const created = await tx.membership.createMany({
    data: { projectId: invite.projectId, userId, role: invite.role },
    skipDuplicates: true,
  });
  if (created.count === 0)
    throw new AppError("CONFLICT", "You are a member of this project already.", { reason: "already_member" });
}

export interface InviteView {
  purpose: "project" | "admin" | "password";
  project_name: string | null;
  role: ProjectRole | null;
  email: string | null;
  expires_at: Date;
}

/** What the page of the link shows before anything is decided. @throws AppError GONE */
export async function viewInvite(db: Db, token: string, now: Date): Promise<InviteView> {
  const invite = await db.invite.findUnique({
    where: { tokenHash: hashInviteToken(token) },
    include: {
      project: { select: { name: true, archivedAt: true } },
      user: { select: { email: true, disabledAt: true } },
    },
  });
  if (!invite || invite.usedAt || invite.revokedAt || invite.expiresAt <= now) throw linkIsOver();
  if (invite.project?.archivedAt || invite.user?.disabledAt) throw linkIsOver();
  return {
    purpose: invite.userId ? "password" : invite.isAdmin ? "admin" : "project",
    project_name: invite.project?.name ?? null,
    role: invite.role,
    email: invite.email ?? invite.user?.email ?? null,
    expires_at: invite.expiresAt,
  };
}
