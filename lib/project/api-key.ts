import { hash, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";

export const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
export const ID_LENGTH = 10;
/** 43 base-62 characters hold 256 bits. */
export const SECRET_LENGTH = 43;
const CHECK_LENGTH = 6;

/** What a key text says before anything is looked up. */
export interface ParsedApiKey {
  /** Public part: rows are found by it. */
  keyId: string;
  secret: string;
}

/** The parts of a key text, or null when its form or checksum is wrong. */
export function parseApiKey(token: string): ParsedApiKey | null {
  if (token.length !== 4 + ID_LENGTH + 1 + SECRET_LENGTH + CHECK_LENGTH || !token.startsWith("asy_"))
    return null;
  const keyId = token.slice(4, 4 + ID_LENGTH);
  const secret = token.slice(5 + ID_LENGTH, 5 + ID_LENGTH + SECRET_LENGTH);
  if (token[4 + ID_LENGTH] !== "_" || !isBase62(keyId) || !isBase62(secret)) return null;
  return apiKeyCheck(keyId, secret) === token.slice(-CHECK_LENGTH) ? { keyId, secret } : null;
}

/** CRC-32 in six base-62 digits. */
export function apiKeyCheck(keyId: string, secret: string): string {
  let rest = crc32(`${keyId}_${secret}`);
  let digits = "";
  for (let count = 0; count < CHECK_LENGTH; count += 1) {
    digits = BASE62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/** A secret of 256 random bits needs no slow hash. */
export function hashApiKeySecret(secret: string): Buffer {
  return hash("sha256", secret, "buffer");
}

const NOBODY = hash("sha256", "no key has this secret", "buffer");

/** Compares in constant time; an unknown key is compared too, so that the time says nothing. */
export function apiKeySecretMatches(secret: string, storedHash: Uint8Array | null): boolean {
  const expected = storedHash?.length === NOBODY.length ? storedHash : NOBODY;
  return timingSafeEqual(hashApiKeySecret(secret), expected) && storedHash !== null;
}

function isBase62(text: string): boolean {
  return /^[0-9A-Za-z]+$/.test(text);
}
