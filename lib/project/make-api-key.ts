import { randomInt } from "node:crypto";
import { apiKeyCheck, BASE62, hashApiKeySecret, ID_LENGTH, SECRET_LENGTH } from "./api-key";

/** A new key. `token` is shown once; the rest is stored. */
export interface NewApiKey {
  token: string;
  keyId: string;
  secretHash: Buffer;
  lastFour: string;
}

/** `asy_<id, 10>_<secret, 43><check, 6>`: a prefix for secret scanners, and a checksum so that a typing error needs no database. */
export function makeApiKey(randomBelow: (limit: number) => number = randomInt): NewApiKey {
  const keyId = randomText(ID_LENGTH, randomBelow);
  const secret = randomText(SECRET_LENGTH, randomBelow);
  return {
    token: `asy_${keyId}_${secret}${apiKeyCheck(keyId, secret)}`,
    keyId,
    secretHash: hashApiKeySecret(secret),
    lastFour: secret.slice(-4),
  };
}

function randomText(length: number, randomBelow: (limit: number) => number): string {
  let text = "";
  while (text.length < length) text += BASE62.charAt(randomBelow(BASE62.length));
  return text;
}
