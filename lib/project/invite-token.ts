import { createHash, randomBytes } from "node:crypto";

/** 256 random bits; the link carries them behind a #, so that no server log and no referrer ever has them. */
export function newInviteToken(): { token: string; tokenHash: Uint8Array<ArrayBuffer>; path: string } {
  const token = randomBytes(32).toString("base64url");
  return { token, tokenHash: hashInviteToken(token), path: `/invite#${token}` };
}

/** A secret of 256 random bits needs no slow hash. */
export function hashInviteToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}
