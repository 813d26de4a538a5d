import type { InstanceCtx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import { sessionExpiry } from "./session";

/** Where a sign-in comes from, coarsely: enough to recognise one's own, too little to follow a person. */
export interface Visitor {
  ip: string | null;
  userAgent: string | null;
}

export interface SignIn {
  uid: string;
  sid: string;
}

/**
 * The one way in, whatever proved who it is (password, identity provider, accepted link): a fresh session row each time.
 * @throws AppError UNAUTHENTICATED when the person is disabled, also when that happens at this very moment
 */
export async function beginSession(
  ctx: InstanceCtx,
  userId: string,
  visitor: Visitor,
  method: "password" | "provider" | "link",
): Promise<SignIn> {
  return inTransaction(ctx.db, async (tx) => {
    const [user] = await tx.$queryRaw<{ name: string; is_admin: boolean; disabled_at: Date | null }[]>`
      SELECT name, is_admin, disabled_at FROM user_account WHERE id = ${userId}::uuid FOR SHARE`;
    if (!user || user.disabled_at) throw new AppError("UNAUTHENTICATED", "This account cannot sign in.");
    const sid = newId();
    await tx.session.create({
      data: {
        id: sid,
        userId,
        createdAt: ctx.now,
        lastSeenAt: ctx.now,
        expiresAt: sessionExpiry(ctx.now),
        ipPrefix: ipPrefix(visitor.ip),
        userAgent: visitor.userAgent?.slice(0, 200) ?? null,
      },
    });
    const actor = { kind: "user", userId, sessionId: sid, isAdmin: user.is_admin, name: user.name } as const;
    await writeAudit(
      tx,
      { ...ctx, actor },
      { action: "session.begin", objectKind: "session", objectId: sid, details: { method } },
    );
    return { uid: userId, sid };
  });
}

/** 203.0.113.77 → 203.0.113.0/24; 2001:db8:1:2::3 → 2001:db8:1::/48 */
export function ipPrefix(ip: string | null): string | null {
  if (!ip) return null;
  if (/^\d+\.\d+\.\d+\.\d+$/.test(ip)) return `${ip.split(".").slice(0, 3).join(".")}.0/24`;
  if (!ip.includes(":")) return null;
  const head = (ip.split("::")[0] ?? "").split(":").filter(Boolean);
  return `${[...head, "0", "0", "0"].slice(0, 3).join(":")}::/48`;
}
