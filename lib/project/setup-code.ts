import { createHash, createHmac, timingSafeEqual } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * The 128-bit code that proves access to this server's console. Derived, not stored: every replica with the same master key
 * prints the same one, at every start, until set-up is done.
 */
export function setupCode(masterKey: Uint8Array, installedAt: Date): string {
  const bytes = createHmac("sha256", masterKey)
    .update(`assay-setup-v1|${installedAt.toISOString()}`)
    .digest()
    .subarray(0, 16);
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let text = "";
  for (let shift = 125n; shift >= 0n; shift -= 5n) text += ALPHABET.charAt(Number((bits >> shift) & 31n));
  return (text.match(/.{1,5}/g) ?? []).join("-");
}

/** As typed or pasted: case, hyphens and look-alike letters do not matter. */
export function hashSetupCode(code: string): Buffer {
  const plain = code
    .toLowerCase()
    .replaceAll(/[^0-9a-z]/g, "")
    .replaceAll("o", "0")
    .replaceAll(/[il]/g, "1");
  return createHash("sha256").update(plain).digest();
}

export function setupCodeMatches(code: string, storedHash: Uint8Array | null): boolean {
  return storedHash?.length === 32 && timingSafeEqual(hashSetupCode(code), storedHash);
}
