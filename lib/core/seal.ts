import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/**
 * AES-256-GCM with a random 96-bit nonce. `binding` (table|row|project|destination) is authenticated: a sealed text that is
 * moved to another row or destination no longer opens.
 */
export function seal(masterKey: Uint8Array, plain: string, binding: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(masterKey), nonce);
  cipher.setAAD(Buffer.from(binding, "utf8"));
  const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return `s1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url")}`;
}

/** @throws Error when the text was changed, moved to another row, or sealed with another master key. */
export function unseal(masterKey: Uint8Array, text: string, binding: string): string {
  if (!text.startsWith("s1.")) throw new Error("The sealed text has an unknown format.");
  const bytes = Buffer.from(text.slice(3), "base64url");
  if (bytes.length < 28) throw new Error("The sealed text is too short.");
  const decipher = createDecipheriv("aes-256-gcm", sealingKey(masterKey), bytes.subarray(0, 12));
  decipher.setAAD(Buffer.from(binding, "utf8"));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
}

function sealingKey(masterKey: Uint8Array): Buffer {
  return Buffer.from(hkdfSync("sha256", masterKey, "", "assay-seal-v1", 32));
}
