import type { Actor } from "@/lib/core/ctx";
import type { Db } from "@/lib/db/client";
import { apiKeySecretMatches, parseApiKey } from "./api-key";

const TOUCH_SECONDS = 60;

/** The key behind a bearer token; null for unknown, wrong, revoked and expired alike, in the same time. */
export async function readApiKeyActor(
  db: Db,
  token: string,
  now: Date,
): Promise<Extract<Actor, { kind: "apiKey" }> | null> {
  const parsed = parseApiKey(token);
  if (!parsed) return null;
  const key = await db.apiKey.findUnique({ where: { keyId: parsed.keyId } });
  const matches = apiKeySecretMatches(parsed.secret, key?.secretHash ?? null);
  if (!key || !matches || key.revokedAt || (key.expiresAt && key.expiresAt <= now)) return null;
  const touchBefore = new Date(now.getTime() - TOUCH_SECONDS * 1000);
  if (!key.lastUsedAt || key.lastUsedAt < touchBefore) {
    await db.apiKey.updateMany({
      where: {
        projectId: key.projectId,
        id: key.id,
        OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: touchBefore } }],
      },
      data: { lastUsedAt: now },
    });
  }
  return { kind: "apiKey", keyId: key.keyId, scopes: key.scopes };
}
