import type { RunningProduct } from "@/lib/testing/running-product";

/** Change by looking alone: when somebody was seen, how many tries are left, that the database can be written. */
const VOLATILE_TABLES = ["session", "rate_limit"];
/** A download is a look that leaves a line in the audit log. */
const NOTED_LOOKS = ["dataset.export", "output.export"];
const VOLATILE_COLUMNS = ["last_used_at", "last_seen_at"];

/** One hash for each table with its number of rows: what a refused request must leave as it was. */
export async function databaseDigest(pool: RunningProduct["pool"]): Promise<Map<string, string>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> ALL ($1)
       AND c.relname !~ 'probe|heartbeat' ORDER BY 1`,
    [VOLATILE_TABLES],
  );
  const digests = new Map<string, string>();
  for (const { name } of tables) {
    const { rows } = await pool.query<{ digest: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(row, '' ORDER BY row)), '') AS digest
       FROM (SELECT (to_jsonb(t) - $1::text[])::text AS row FROM "${name}" t
         WHERE to_jsonb(t) ->> 'action' IS NULL OR to_jsonb(t) ->> 'action' <> ALL ($2::text[])) AS every`,
      [VOLATILE_COLUMNS, NOTED_LOOKS],
    );
    digests.set(name, rows[0]?.digest ?? "");
  }
  return digests;
}

/** Names of the tables that differ. */
export function changedTables(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name);
}
