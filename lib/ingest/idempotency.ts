import type { IncomingMessage } from "node:http";
import type pg from "pg";
import { sqlState } from "@/lib/db/sql-state";
import type { PreparedRequest } from "./prepared";
import { onlyHeader, Refusal } from "./refusal";

const MAX_KEY_LENGTH = 200;

/** The Idempotency-Key header, quoted or not; null when absent. @throws Refusal 400 */
export function idempotencyKey(request: IncomingMessage): string | null {
  const sent = onlyHeader(request, "idempotency-key")?.trim();
  if (sent === undefined) return null;
  const key = sent.length > 1 && sent.startsWith('"') && sent.endsWith('"') ? sent.slice(1, -1) : sent;
  if (isVisibleAscii(key) && key.length <= MAX_KEY_LENGTH) return key;
  const sentence = `An Idempotency-Key has 1 to ${MAX_KEY_LENGTH} visible characters.`;
  throw new Refusal(400, "idempotency_key", sentence);
}

export function isVisibleAscii(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

/** What the first request under a key was answered. */
export type Replay = { ok: true; answer: string } | { ok: false; refusal: Refusal };

/** Names the key of a request among all sources; null for a request without one. */
export function claimName({ sender, idempotency }: PreparedRequest): string | null {
  return idempotency && `${sender.source.id}|${idempotency.key}`;
}

/**
 * Claims the keys of these requests for this transaction. A twin that is being stored elsewhere is waited for. Returns, by request,
 * what was answered before; requests that are not in it go on. No two requests may have the same key.
 */
export async function claimKeys(
  client: pg.ClientBase,
  requests: readonly PreparedRequest[],
): Promise<Map<PreparedRequest, Replay>> {
  const replays = new Map<PreparedRequest, Replay>();
  const claims = requests.filter(({ idempotency }) => idempotency !== null);
  if (claims.length === 0) return replays;
  const ours = await insertClaims(client, claims);
  const taken = new Map(
    claims.flatMap((request) => {
      const name = claimName(request);
      return name === null || ours.has(name) ? [] : [[name, request]];
    }),
  );
  if (taken.size === 0) return replays;
  const { rows } = await client.query<{ name: string; sameBody: boolean; answer: string | null }>(
    `SELECT source || '|' || row.key AS name, body_hash = decode(row.hash, 'hex') AS "sameBody", response::text AS answer
     FROM json_to_recordset($1) AS row(project uuid, source uuid, key text, hash text)
     JOIN idempotency_key known ON known.project_id = project AND known.source_id = source AND known.key = row.key`,
    [JSON.stringify([...taken.values()].map(claimRow))],
  );
  for (const { name, sameBody, answer } of rows) {
    const request = taken.get(name);
    if (!request) continue;
    replays.set(
      request,
      sameBody && answer !== null ? { ok: true, answer } : { ok: false, refusal: keyReused() },
    );
  }
  return replays;
}

/** Returns the names of the claims that are this transaction's own. */
async function insertClaims(client: pg.ClientBase, claims: readonly PreparedRequest[]): Promise<Set<string>> {
  try {
    const { rows } = await client.query<{ name: string }>(
      `INSERT INTO idempotency_key (project_id, source_id, key, body_hash, expires_at)
       SELECT project, source, key, decode(hash, 'hex'), now() + days * interval '1 day'
       FROM json_to_recordset($1) AS row(project uuid, source uuid, key text, hash text, days int)
       ORDER BY project, source, key
       ON CONFLICT (project_id, source_id, key) DO NOTHING
       RETURNING source_id || '|' || key AS name`,
      [JSON.stringify(claims.map(claimRow))],
    );
    return new Set(rows.map(({ name }) => name));
  } catch (error) {
    if (sqlState(error) !== "55P03") throw error;
    const sentence = "The first request with this idempotency key is still being stored.";
    throw new Refusal(409, "idempotency_in_progress", sentence, { retryAfterSeconds: 2 });
  }
}

/** Keeps the answers for the retries. */
export async function keepAnswers(
  client: pg.ClientBase,
  answers: readonly { request: PreparedRequest; text: string }[],
): Promise<void> {
  const claims = answers.filter(({ request }) => request.idempotency !== null);
  if (claims.length === 0) return;
  await client.query(
    `UPDATE idempotency_key known SET status = 202, response = row.answer::jsonb
     FROM json_to_recordset($1) AS row(project uuid, source uuid, key text, answer text)
     WHERE known.project_id = project AND known.source_id = source AND known.key = row.key`,
    [JSON.stringify(claims.map(({ request, text }) => ({ ...claimRow(request), answer: text })))],
  );
}

function claimRow({ sender: { project, source }, idempotency }: PreparedRequest) {
  const { key, bodyHash: hash, days } = idempotency ?? {};
  return { project: project.id, source: source.id, key, hash, days };
}

function keyReused(): Refusal {
  const sentence = "This idempotency key was used for a request with another body. Nothing was stored.";
  return new Refusal(422, "key_reused", sentence);
}
