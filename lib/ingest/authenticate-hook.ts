import type pg from "pg";
import { timedCache } from "./authenticate";
import { databaseNow, noteDatabaseTime } from "./database-clock";
import { type Mapping, mappingSchema } from "./schema";
import { SENDER_COLUMNS, type Sender } from "./sender";
import { openSourceSecret } from "./source-secret";

/** A changed or disabled hook is remembered at most this long. */
const REMEMBERED_MS = 5_000;
const PATH_FORM = /^[0-9A-Za-z]{16,64}$/;

export interface KnownHook {
  sender: Sender;
  signature: "STANDARD" | "GITHUB";
  mapping: Mapping | null;
  /** Signing secrets that are valid now. */
  secrets(): string[];
}

export interface HookFinder {
  /** Null for an address that does not exist (any more). */
  (path: string): Promise<KnownHook | null>;
}

interface HookRow extends Omit<Sender, "actor"> {
  signature: "STANDARD" | "GITHUB";
  mapping: unknown;
  secrets: { id: string; sealed: string; expiresMs: number | null }[];
  databaseMs: number;
}

export function hookFinder(pool: pg.Pool): HookFinder {
  const find = timedCache(REMEMBERED_MS, (path) => readHook(pool, path));
  return async (path) => (PATH_FORM.test(path) ? find(path) : null);
}

async function readHook(pool: pg.Pool, path: string): Promise<KnownHook | null> {
  const { rows } = await pool.query<HookRow>({
    name: "ingest-hook",
    text: `
      SELECT signature, mapping, ${SENDER_COLUMNS},
        extract(epoch FROM clock_timestamp())::float8 * 1000 AS "databaseMs",
        coalesce((SELECT json_agg(json_build_object('id', secret.id, 'sealed', sealed_secret,
            'expiresMs', extract(epoch FROM secret.expires_at)::float8 * 1000))
          FROM source_secret secret WHERE secret.project_id = source.project_id AND secret.source_id = source.id), '[]') AS secrets
      FROM source JOIN project ON project.id = source.project_id
      WHERE hook_path = $1 AND source.disabled_at IS NULL AND archived_at IS NULL`,
    values: [path],
  });
  const row = rows[0];
  if (!row) return null;
  noteDatabaseTime(row.databaseMs);
  const { project, source } = row;
  const place = { projectId: project.id, sourceId: source.id };
  const secrets = row.secrets.map(({ id, sealed, expiresMs }) => ({
    secret: openSourceSecret({ ...place, id }, sealed),
    expiresMs,
  }));
  return {
    sender: { project, source, actor: { kind: "webhook", sourceId: source.id } },
    signature: row.signature,
    mapping: row.mapping === null ? null : mappingSchema.parse(row.mapping),
    secrets() {
      const now = databaseNow().getTime();
      return secrets.flatMap(({ secret, expiresMs }) =>
        expiresMs === null || expiresMs > now ? [secret] : [],
      );
    },
  };
}
