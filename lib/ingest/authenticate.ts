import type { IncomingMessage } from "node:http";
import type pg from "pg";
import { log } from "@/lib/core/log";
import { apiKeySecretMatches, parseApiKey } from "@/lib/project/api-key";
import { databaseNow, noteDatabaseTime } from "./database-clock";
import { Refusal } from "./refusal";
import { SENDER_COLUMNS, type Sender } from "./sender";

/** A revoked key works at most this long on a replica that remembers it. */
const REMEMBERED_MS = 5_000;
const TOUCH_MS = 60_000;

interface KeyRow extends Omit<Sender, "actor"> {
  keyId: string;
  secretHash: Buffer;
  scopes: string[];
  expiresAt: Date | null;
  usable: boolean;
  databaseMs: number;
}

type KnownKey = KeyRow & { sender: Sender; touchedAt: number };

/** Finds out who sends. */
export interface KeyAuthenticator {
  /** @throws Refusal 401 for a key that is not valid, whatever the cause; 403 for one without the scope. */
  (request: Pick<IncomingMessage, "rawHeaders">, scope: string): Promise<Sender>;
}

/** Keys are looked up by their public part and remembered for a few seconds; the secret is compared on every request. */
export function keyAuthenticator(pool: pg.Pool): KeyAuthenticator {
  const find = timedCache(REMEMBERED_MS, (keyId) => readKey(pool, keyId));
  return async (request, scope) => {
    const parsed = parseApiKey(sentKey(request) ?? "");
    const known = parsed ? await find(parsed.keyId) : null;
    const matches = apiKeySecretMatches(parsed?.secret ?? "", known?.secretHash ?? null);
    const now = databaseNow();
    if (!known || !matches || !known.usable || (known.expiresAt && known.expiresAt <= now))
      throw notAuthenticated();
    if (!known.scopes.includes(scope)) {
      throw new Refusal(403, "scope", `This key may not do this: it lacks the scope ${scope}.`);
    }
    touch(pool, known, now);
    return known.sender;
  };
}

/** One refusal for unknown, wrong, revoked and expired keys: nobody learns which keys exist. */
function notAuthenticated(): Refusal {
  return new Refusal(401, "invalid_key", "Send a valid API key: Authorization: Bearer asy_…", {
    close: true,
  });
}

/** Never from the query string, which ends up in logs. Two different keys are none. */
function sentKey(request: Pick<IncomingMessage, "rawHeaders">): string | undefined {
  let key: string | undefined;
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    const name = request.rawHeaders[at]?.toLowerCase();
    if (name !== "authorization" && name !== "x-api-key") continue;
    const value = request.rawHeaders[at + 1] ?? "";
    const sent =
      name === "x-api-key" ? value : value.slice(0, 7).toLowerCase() === "bearer " ? value.slice(7) : "";
    if (key !== undefined && key !== sent) return undefined;
    key = sent.trim();
  }
  return key;
}

async function readKey(pool: pg.Pool, keyId: string): Promise<KnownKey | null> {
  const { rows } = await pool.query<KeyRow>({
    name: "ingest-api-key",
    text: `
      SELECT key_id AS "keyId", secret_hash AS "secretHash", scopes, expires_at AS "expiresAt",
        revoked_at IS NULL AND source.disabled_at IS NULL AND archived_at IS NULL AS usable,
        ${SENDER_COLUMNS},
        extract(epoch FROM clock_timestamp())::float8 * 1000 AS "databaseMs"
      FROM api_key
      JOIN source ON source.project_id = api_key.project_id AND source.id = source_id
      JOIN project ON project.id = api_key.project_id
      WHERE key_id = $1`,
    values: [keyId],
  });
  const row = rows[0];
  if (!row) return null;
  noteDatabaseTime(row.databaseMs);
  const { keyId: id, scopes, project, source } = row;
  return { ...row, sender: { project, source, actor: { kind: "apiKey", keyId: id, scopes } }, touchedAt: 0 };
}

/** At most one write a minute per key and process, beside the request: a use that is not noted does no harm. */
function touch(pool: pg.Pool, key: KnownKey, now: Date): void {
  if (now.getTime() - key.touchedAt < TOUCH_MS) return;
  key.touchedAt = now.getTime();
  const text = `UPDATE api_key SET last_used_at = $2
    WHERE key_id = $1 AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute')`;
  const failed = ({ message }: Error) =>
    log().warn({ keyId: key.keyId, message }, "use of a key was not noted");
  pool.query(text, [key.keyId, now]).catch(failed);
}

const MOST_ENTRIES = 10_000;

/**
 * Remembers what `load` found for at most `milliseconds`; concurrent questions share one look-up, failures are not remembered.
 * Nothing found is remembered too: nobody floods the database with keys that do not exist.
 */
export function timedCache<T>(
  milliseconds: number,
  load: (key: string) => Promise<T>,
  now: () => number = () => performance.now(),
): (key: string) => Promise<T> {
  const entries = new Map<string, { until: number; value: Promise<T> }>();
  return (key) => {
    const known = entries.get(key);
    if (known && now() < known.until) return known.value;
    if (entries.size >= MOST_ENTRIES) entries.clear();
    const value = load(key);
    const entry = { until: now() + milliseconds, value };
    entries.set(key, entry);
    value.catch(() => {
      if (entries.get(key) === entry) entries.delete(key);
    });
    return value;
  };
}
