import type { InstanceCtx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { endSessionsOf } from "./end-session";

export interface PersonChange {
  disabled?: boolean | undefined;
  is_admin?: boolean | undefined;
}

/**
 * Disables or enables a person, or makes them administrator or not; acts on their next request.
 * @throws AppError CONFLICT when no administrator would be left
 */
export async function changePerson(ctx: InstanceCtx, userId: string, change: PersonChange): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    await lockAdmins(tx);
    const person = await tx.user.findUnique({
      where: { id: userId },
      select: { isAdmin: true, disabledAt: true },
    });
    if (!person) throw new AppError("NOT_FOUND", "This person does not exist.");
    await tx.user.update({
      where: { id: userId },
      data: {
        ...(change.disabled === undefined
          ? {}
          : { disabledAt: change.disabled ? (person.disabledAt ?? ctx.now) : null }),
        ...(change.is_admin === undefined ? {} : { isAdmin: change.is_admin }),
      },
    });
    await requireAdmin(tx);
    if (change.disabled) {
      await endSessionsOf(tx, userId, ctx.now);
      await tx.reviewSlot.updateMany({
        where: { holderId: userId, state: "OPEN" },
        data: { holderId: null, leaseToken: null, leaseExpiresAt: null },
      });
    }
    await writeAudit(tx, ctx, {
      action: "person.change",
      objectKind: "person",
      objectId: userId,
      details: {
        ...(change.disabled === undefined ? {} : { disabled: change.disabled }),
        ...(change.is_admin === undefined ? {} : { admin: change.is_admin }),
      },
    });
  });
}

/** One after the other, so that two administrators who disable each other cannot both succeed. */
async function lockAdmins(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT id FROM user_account WHERE is_admin ORDER BY id FOR UPDATE`;
}

async function requireAdmin(tx: Tx): Promise<void> {
  const admin = await tx.user.findFirst({ where: { isAdmin: true, disabledAt: null }, select: { id: true } });
  if (admin) return;
  throw new AppError("CONFLICT", "Assay needs an administrator. Make somebody else administrator first.", {
    reason: "last_admin",
  });
}
