import type pg from "pg";
import { z } from "zod";
import type { InstanceCtx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { beginSession, type SignIn, type Visitor } from "./begin-session";
import { passwordMatches } from "./password";
import { emailSchema, PASSWORD_MAX } from "./schema";
import { clearTries, returnTry, takeTry } from "./sign-in-limit";

const credentialsSchema = z.object({ email: emailSchema, password: z.string().min(1).max(PASSWORD_MAX) });

/**
 * Signs in with e-mail and password. Unknown, disabled and wrong look alike in text, status and time; tries are counted before
 * the answer is known and given back when it was right.
 * @throws AppError UNAUTHENTICATED, LIMIT or UNAVAILABLE
 */
export async function signInWithPassword(
  ctx: InstanceCtx,
  pool: pg.Pool,
  input: { email: unknown; password: unknown },
  visitor: Visitor,
): Promise<SignIn> {
  const address = visitor.ip ?? "unknown";
  const parsed = credentialsSchema.safeParse(input);
  await takeTry(pool, "address", address);
  if (!parsed.success) throw refused();
  const { email, password } = parsed.data;
  await takeTry(pool, "account", email);
  const user = await ctx.db.user.findUnique({
    where: { email },
    select: { id: true, passwordHash: true, disabledAt: true },
  });
  const matches = await passwordMatches(password, user?.passwordHash ?? null);
  if (!user || !matches || user.disabledAt) throw refused();
  const signIn = await beginSession(ctx, user.id, visitor, "password");
  await Promise.all([clearTries(pool, "account", email), returnTry(pool, "address", address)]);
  return signIn;
}

function refused(): AppError {
  return new AppError("UNAUTHENTICATED", "This address and password do not belong together.", {
    reason: "credentials",
  });
}
