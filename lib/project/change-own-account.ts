import type pg from "pg";
import type { Actor, InstanceCtx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import { endSessionsOf } from "./end-session";
import { hashPassword, passwordMatches, requireGoodPassword } from "./password";
import { clearTries, takeTry } from "./sign-in-limit";

/** The name that others see beside reviews and changes. */
export async function renameSelf(ctx: InstanceCtx, name: string): Promise<void> {
  const { userId } = person(ctx.actor);
  await inTransaction(ctx.db, async (tx) => {
    await tx.user.update({ where: { id: userId }, data: { name } });
    await writeAudit(tx, ctx, { action: "person.rename", objectKind: "person", objectId: userId });
  });
}

/** Puts the tour of the simulated project away, or brings it back. */
export async function showTour(ctx: InstanceCtx, shown: boolean): Promise<void> {
  const { userId } = person(ctx.actor);
  await inTransaction(ctx.db, async (tx) => {
    await tx.user.update({ where: { id: userId }, data: { tourHiddenAt: shown ? null : ctx.now } });
    await writeAudit(tx, ctx, {
      action: "person.tour",
      objectKind: "person",
      objectId: userId,
      details: { shown },
    });
  });
}

/** Needs the old password; every other sign-in of this person ends. @throws AppError INVALID or LIMIT */
export async function changePassword(
  ctx: InstanceCtx,
  pool: pg.Pool,
  input: { current: string; next: string },
): Promise<void> {
  const { userId, sessionId } = person(ctx.actor);
  const user = await ctx.db.user.findUniqueOrThrow({
    where: { id: userId },
    select: { email: true, passwordHash: true },
  });
  if (user.passwordHash === null) {
    throw new AppError(
      "CONFLICT",
      "You sign in through the identity provider: there is no password here to change.",
      {
        reason: "provider_account",
      },
    );
  }
  await takeTry(pool, "account", user.email);
  if (!(await passwordMatches(input.current, user.passwordHash))) {
    const sentence = "This is not your current password.";
    throw new AppError("INVALID", sentence, { reason: "credentials", fields: { current: sentence } });
  }
  requireGoodPassword(input.next, user.email, "next");
  const passwordHash = await hashPassword(input.next);
  await inTransaction(ctx.db, async (tx) => {
    await tx.user.update({ where: { id: userId }, data: { passwordHash } });
    await endSessionsOf(tx, userId, ctx.now, sessionId);
    await writeAudit(tx, ctx, { action: "person.change-password", objectKind: "person", objectId: userId });
  });
  await clearTries(pool, "account", user.email);
}

function person(actor: Actor): Extract<Actor, { kind: "user" }> {
  if (actor.kind === "user") return actor;
  throw new AppError("UNAUTHENTICATED", "Sign in first.");
}
