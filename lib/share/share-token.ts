import { createHash, randomBytes } from "node:crypto";

/** 256 random bits: whoever has them sees one picture, and nobody guesses them. Only the hash is kept. */
export function newShareToken(): { token: string; tokenHash: Uint8Array<ArrayBuffer> } {
  const token = randomBytes(32).toString("base64url");
  return { token, tokenHash: hashShareToken(token) };
}

export function hashShareToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}
