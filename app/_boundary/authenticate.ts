import type { Actor } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { readSessionActor } from "@/lib/project/access";
import { readApiKeyActor } from "@/lib/project/read-api-key";
import { readSignInToken, sessionCookieOf } from "./sign-in-token";

export type Credential = "session" | "key";

/**
 * Who sends this request. A request with an Authorization header is judged by it alone; else the session cookie counts.
 * @throws AppError UNAUTHENTICATED
 */
export async function authenticate(
  db: Db,
  headers: Headers,
  now: Date,
): Promise<{ actor: Actor; credential: Credential }> {
  if (headers.has("authorization")) return { actor: await keyActor(db, headers, now), credential: "key" };
  const actor = await sessionActor(db, headers, now);
  if (!actor) throw new AppError("UNAUTHENTICATED", "Sign in first.", { reason: "not_signed_in" });
  return { actor, credential: "session" };
}

/** The signed-in person; null when nobody is. */
export async function sessionActor(
  db: Db,
  headers: Headers,
  now: Date,
): Promise<Extract<Actor, { kind: "user" }> | null> {
  const token = await readSignInToken(sessionCookieOf(headers.get("cookie")));
  return token ? readSessionActor(db, token.sid, token.uid, now) : null;
}

async function keyActor(db: Db, headers: Headers, now: Date): Promise<Actor> {
  const [scheme, token, ...more] = (headers.get("authorization") ?? "").split(" ");
  const isBearer = scheme?.toLowerCase() === "bearer" && token !== undefined && more.length === 0;
  const actor = isBearer ? await readApiKeyActor(db, token, now) : null;
  if (!actor) throw new AppError("UNAUTHENTICATED", "This key is not valid.", { reason: "invalid_key" });
  return actor;
}
