import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import type { ProjectRole } from "./permission";
import type { Member } from "./schema";

/** Adds somebody who has an account already. @throws AppError CONFLICT when there is none, or they are a member */
export async function addMember(ctx: Ctx, input: { email: string; role: ProjectRole }): Promise<Member> {
  return inTransaction(ctx.db, async (tx) => {
    const person = await tx.user.findUnique({ where: { email: input.email } });
    if (!person) {
      throw new AppError(
        "CONFLICT",
        "Nobody here has this address yet. Make an invite link for them instead.",
        {
          reason: "no_account",
          fields: { email: "Nobody here has this address yet." },
        },
      );
    }
    const created = await tx.membership.createMany({
      data: { projectId: ctx.project.id, userId: person.id, role: input.role, createdAt: ctx.now },
      skipDuplicates: true,
    });
    if (created.count === 0) {
      throw new AppError("CONFLICT", `${person.name} is a member already.`, { reason: "already_member" });
    }
    await writeAudit(tx, ctx, {
      action: "member.add",
      objectKind: "person",
      objectId: person.id,
      details: { role: input.role },
    });
    return {
      user_id: person.id,
      name: person.name,
      email: person.email,
      role: input.role,
      disabled: person.disabledAt !== null,
      since: ctx.now,
    };
  });
}

/** Acts on the person's next request. @throws AppError CONFLICT when the project would have no manager left */
export async function changeMemberRole(ctx: Ctx, userId: string, role: ProjectRole): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const before = await lockedRole(tx, ctx, userId);
    if (before === role) return;
    await tx.membership.update({
      where: { projectId_userId: { projectId: ctx.project.id, userId } },
      data: { role },
    });
    await requireManager(tx, ctx);
    await releaseLeases(tx, ctx, userId);
    await writeAudit(tx, ctx, {
      action: "member.change-role",
      objectKind: "person",
      objectId: userId,
      details: { from: before, to: role },
    });
  });
}

/** Acts on the person's next request; what they reviewed stays. @throws AppError CONFLICT for the last manager */
export async function removeMember(ctx: Ctx, userId: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const before = await lockedRole(tx, ctx, userId);
    await tx.membership.delete({ where: { projectId_userId: { projectId: ctx.project.id, userId } } });
    await requireManager(tx, ctx);
    await releaseLeases(tx, ctx, userId);
    await writeAudit(tx, ctx, {
      action: "member.remove",
      objectKind: "person",
      objectId: userId,
      details: { role: before },
    });
  });
}

/**
 * Locks all memberships of the project in one order, so that two managers who remove each other come one after the other and
 * the second is refused.
 */
async function lockedRole(tx: Tx, ctx: Ctx, userId: string): Promise<ProjectRole> {
  const rows = await tx.$queryRaw<{ user_id: string; role: ProjectRole }[]>`
    SELECT user_id, role FROM membership WHERE project_id = ${ctx.project.id}::uuid ORDER BY user_id FOR UPDATE`;
  const found = rows.find((row) => row.user_id === userId);
  if (!found) throw new AppError("NOT_FOUND", "This person is no member of the project.");
  return found.role;
}

/** Judged after the change: a demoted, removed or disabled manager is none. */
async function requireManager(tx: Tx, ctx: Ctx): Promise<void> {
  const manager = await tx.membership.findFirst({
    where: { projectId: ctx.project.id, role: "MANAGER", user: { disabledAt: null } },
    select: { userId: true },
  });
  if (manager) return;
  throw new AppError("CONFLICT", "A project needs a manager. Make somebody else manager first.", {
    reason: "last_manager",
  });
}

/** What this person had claimed goes back to the others at once instead of after the lease. */
async function releaseLeases(tx: Tx, ctx: Ctx, userId: string): Promise<void> {
  await tx.reviewSlot.updateMany({
    where: { projectId: ctx.project.id, holderId: userId, state: "OPEN" },
    data: { holderId: null, leaseToken: null, leaseExpiresAt: null },
  });
}
