import type pg from "pg";
import type { InstanceCtx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import type { Db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { hashPassword, requireGoodPassword } from "./password";
import { setupCodeMatches } from "./setup-code";
import { takeTry } from "./sign-in-limit";

export interface FirstAdmin {
  name: string;
  email: string;
  password: string;
}

/** Whether the set-up page still exists. */
export async function setupIsOpen(db: Db): Promise<boolean> {
  const instance = await db.instance.findUnique({ where: { id: 1 }, select: { setupDoneAt: true } });
  return instance !== null && instance.setupDoneAt === null;
}

/**
 * Makes the first administrator, exactly once: everybody else, also at the same moment, finds that there is no set-up any more.
 * @throws AppError NOT_FOUND once done, FORBIDDEN for a wrong code, LIMIT after ten tries an hour
 */
export async function completeSetup(
  ctx: InstanceCtx,
  pool: pg.Pool,
  input: FirstAdmin & { code: string },
  ip: string | null,
): Promise<void> {
  if (!(await setupIsOpen(ctx.db))) throw done();
  await takeTry(pool, "setup", ip ?? "unknown");
  // Before the costly hash; decided again under the lock. Both in one read: who is second must not be told that a right code is wrong.
  const instance = await ctx.db.instance.findUnique({
    where: { id: 1 },
    select: { setupCodeHash: true, setupDoneAt: true },
  });
  if (!instance || instance.setupDoneAt) throw done();
  if (!setupCodeMatches(input.code, instance.setupCodeHash)) throw wrongCode();
  const created = await finishSetup(ctx, input, (hash) => setupCodeMatches(input.code, hash));
  if (!created) throw done();
}

/** False when somebody else was first. The singleton row's lock makes it one after the other. */
export async function finishSetup(
  ctx: InstanceCtx,
  admin: FirstAdmin,
  codeFits: (storedHash: Uint8Array | null) => boolean,
): Promise<boolean> {
  requireGoodPassword(admin.password, admin.email);
  const passwordHash = await hashPassword(admin.password);
  return inTransaction(ctx.db, async (tx) => {
    const [row] = await tx.$queryRaw<{ hash: Uint8Array | null; done: boolean }[]>`
      SELECT setup_code_hash AS hash, setup_done_at IS NOT NULL AS done FROM instance WHERE id = 1 FOR UPDATE`;
    if (!row || row.done) return false;
    if (!codeFits(row.hash)) throw wrongCode();
    const id = newId();
    await tx.user.create({ data: { id, email: admin.email, name: admin.name, passwordHash, isAdmin: true } });
    // The simulated project is there to be tried, reviewing included.
    const demos = await tx.project.findMany({ where: { isDemo: true }, select: { id: true } });
    await tx.membership.createMany({
      data: demos.map((demo) => ({ projectId: demo.id, userId: id, role: "MANAGER" as const })),
    });
    await tx.instance.update({ where: { id: 1 }, data: { setupDoneAt: ctx.now, setupCodeHash: null } });
    await writeAudit(tx, ctx, { action: "instance.set-up", objectKind: "person", objectId: id });
    return true;
  });
}

function done(): AppError {
  return new AppError("NOT_FOUND", "There is nothing at this address, or you have no access to it.");
}

function wrongCode(): AppError {
  return new AppError("FORBIDDEN", "This is not the code that was printed on the server's console.", {
    reason: "setup_code",
    fields: { code: "This is not the code that was printed on the server's console." },
  });
}
