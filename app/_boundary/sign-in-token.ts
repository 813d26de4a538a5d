import { decode, encode } from "next-auth/jwt";
import { env } from "@/lib/core/env";
import { keptSecret } from "@/lib/core/master-key";
import { SESSION_DAYS } from "@/lib/project/session";

/** All that the cookie says. What the person may do is read from the database on every request. */
export interface SignInToken {
  uid: string;
  sid: string;
}

const MAX_AGE_SECONDS = SESSION_DAYS * 86_400;

/** Signs and encrypts the cookie: NEXTAUTH_SECRET, else made on first start and kept in a 0600 file. */
export function authSecret(): string {
  return env().NEXTAUTH_SECRET ?? keptSecret("nextauth-secret");
}

/** Whether people reach this installation over HTTPS. */
export function isHttps(): boolean {
  return (env().ASSAY_URL ?? env().NEXTAUTH_URL ?? "").startsWith("https://");
}

/** `__Host-` binds the cookie to exactly this host and to HTTPS; browsers refuse the prefix on plain HTTP. */
export function cookieName(purpose: string): string {
  return `${isHttps() ? "__Host-" : ""}assay.${purpose}`;
}

export function sessionCookieName(): string {
  return cookieName("session");
}

export async function encodeSignInToken(token: SignInToken): Promise<string> {
  return encode({ token: { uid: token.uid, sid: token.sid }, secret: authSecret(), maxAge: MAX_AGE_SECONDS });
}

/** What a genuine, unexpired cookie says; null for anything else. Proves nothing alone: the session row decides. */
export async function readSignInToken(value: string | undefined): Promise<SignInToken | null> {
  if (!value || value.length > 2000) return null;
  try {
    const token = await decode({ token: value, secret: authSecret() });
    return token && isUuid(token.uid) && isUuid(token.sid) ? { uid: token.uid, sid: token.sid } : null;
  } catch {
    return null;
  }
}

/** The session cookie of a raw Cookie header. */
export function sessionCookieOf(header: string | null): string | undefined {
  const name = `${sessionCookieName()}=`;
  for (const part of (header ?? "").split(";")) {
    const cookie = part.trim();
    if (cookie.startsWith(name)) return cookie.slice(name.length);
  }
  return undefined;
}

/** Removes the cookie from the browser. */
export function clearedSessionCookie(): string {
  return `${sessionCookieName()}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${isHttps() ? "; Secure" : ""}`;
}

function isUuid(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}
