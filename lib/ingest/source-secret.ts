import { hash, randomBytes } from "node:crypto";
import { masterKey } from "@/lib/core/master-key";
import { seal, unseal } from "@/lib/core/seal";

const PREFIX = "whsec_";

/** A signing secret as both sides know it: 32 random bytes in the form of Standard Webhooks. */
export function makeSourceSecret(): string {
  return `${PREFIX}${randomBytes(32).toString("base64")}`;
}

export interface SecretPlace {
  projectId: string;
  sourceId: string;
  id: string;
}

/** What is stored; it opens only in this row. */
export function sealSourceSecret(
  place: SecretPlace,
  secret: string,
): { sealedSecret: string; secretHash: Buffer } {
  return {
    sealedSecret: seal(masterKey(), secret, binding(place)),
    secretHash: hash("sha256", secret, "buffer"),
  };
}

export function openSourceSecret(place: SecretPlace, sealed: string): string {
  return unseal(masterKey(), sealed, binding(place));
}

/** The bytes that a Standard Webhooks sender signs with. */
export function standardKey(secret: string): Buffer {
  return Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, "base64");
}

function binding({ projectId, sourceId, id }: SecretPlace): string {
  return `source_secret|${id}|${projectId}|${sourceId}`;
}
