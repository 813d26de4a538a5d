import type { IncomingMessage } from "node:http";
import type pg from "pg";
import { sqlState } from "@/lib/db/transaction";
import type { PreparedRequest } from "./prepared";
import { onlyHeader, Refusal } from "./refusal";

const MAX_KEY_LENGTH = 200;

/** The Idempotency-Key header, quoted or not; null when absent. @throws Refusal 400 */
export function idempotencyKey(request: IncomingMessage): string | null {
  const sent = onlyHeader(request, "idempotency-key")?.trim();
  if (sent === undefined) return null;
  const key = sent.length > 1 && sent.startsWith('"') && sent.endsWith('"') ? sent.slice(1, -1) : sent;
  if (isVisibleAscii(key) && key.length <= MAX_KEY_LENGTH) return key;
  throw new Refusal(
    400,
    "idempotency_key",
    `An Idempotency-Key has 1 to ${MAX_KEY_LENGTH} visible characters.`,
  );
}

export function isVisibleAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x21 || unit > 0x7e) return false;
  }
  return text.length > 0;
}

/** What the first request under a key was answered. */
export type Replay = { ok: true; answer: string } | { ok: false; refusal: Refusal };

/**
 * Claims the keys of these requests for this transaction. A twin that is being stored elsewhere is waited for. Returns, by request,
 * what was answered before; requests that are not in it go on. No two requests may have the same key.
 */
export async function claimKeys(
  client: pg.ClientBase,
  requests: readonly PreparedRequest[],
): Promise<Map<PreparedRequest, Replay>> {
  const replays = new Map<PreparedRequest, Replay>();
  const claims = keyed(requests);
  if (claims.length === 0) return replays;
  const ours = await insertClaims(
    client,
    claims.map((claim) => claim.row),
  );
  const taken = claims.filter(({ row }) => !ours.has(row.id));
  if (taken.length === 0) return replays;
  const { rows } = await client.query<{ id: string; sameBody: boolean; answer: string | null }>(
    `SELECT row.id, known.body_hash = decode(row.hash, 'hex') AS "sameBody", known.response::text AS answer
     FROM json_to_recordset($1) AS row(id text, project uuid, source uuid, key text, hash text)
     JOIN idempotency_key known ON known.project_id = project AND known.source_id = source AND known.key = row.key`,
    [JSON.stringify(taken.map((claim) => claim.row))],
  );
  const byId = new Map(taken.map(({ request, row }) => [row.id, request]));
  for (const { id, sameBody, answer } of rows) {
    const request = byId.get(id);
    if (!request) continue;
    replays.set(
      request,
      sameBody && answer !== null ? { ok: true, answer } : { ok: false, refusal: keyReused() },
    );
  }
  return replays;
}

/** Returns the ids of the claims that are this transaction's own. */
async function insertClaims(client: pg.ClientBase, rows: readonly KeyRow[]): Promise<Set<string>> {
  try {
    const { rows: added } = await client.query<{ source: string; key: string }>(
      `INSERT INTO idempotency_key (project_id, source_id, key, body_hash, expires_at)
       SELECT project, source, key, decode(hash, 'hex'), now() + days * interval '1 day'
       FROM json_to_recordset($1) AS row(project uuid, source uuid, key text, hash text, days int)
       ORDER BY project, source, key
       ON CONFLICT (project_id, source_id, key) DO NOTHING
       RETURNING source_id AS source, key`,
      [JSON.stringify(rows)],
    );
    const claimed = new Set(added.map(({ source, key }) => `${source}|${key}`));
    return new Set(rows.filter(({ source, key }) => claimed.has(`${source}|${key}`)).map(({ id }) => id));
  } catch (error) {
    if (sqlState(error) !== "55P03") throw error;
    const sentence = "The first request with this idempotency key is still being stored.";
    throw new Refusal(409, "idempotency_in_progress", sentence, { retryAfterSeconds: 2 });
  }
}

/** Keeps the answers for the retries. */
export async function keepAnswers(
  client: pg.ClientBase,
  answers: readonly { request: PreparedRequest; answer: string }[],
): Promise<void> {
  const texts = new Map(answers.map(({ request, answer }) => [request, answer]));
  const rows = keyed([...texts.keys()]).map(({ request, row }) => ({ ...row, answer: texts.get(request) }));
  if (rows.length === 0) return;
  await client.query(
    `UPDATE idempotency_key known SET status = 202, response = row.answer::jsonb
     FROM json_to_recordset($1) AS row(project uuid, source uuid, key text, answer text)
     WHERE known.project_id = project AND known.source_id = source AND known.key = row.key`,
    [JSON.stringify(rows)],
  );
}

interface KeyRow {
  id: string;
  project: string;
  source: string;
  key: string;
  hash: string;
  days: number;
}

function keyed(requests: readonly PreparedRequest[]): { request: PreparedRequest; row: KeyRow }[] {
  return requests.flatMap((request) => {
    const { sender, idempotency, requestId } = request;
    if (idempotency === null) return [];
    const { key, bodyHash: hash, days } = idempotency;
    return [
      {
        request,
        row: { id: requestId, project: sender.project.id, source: sender.source.id, key, hash, days },
      },
    ];
  });
}

function keyReused(): Refusal {
  return new Refusal(
    422,
    "key_reused",
    "This idempotency key was used for a request with another body. Nothing was stored.",
  );
}
