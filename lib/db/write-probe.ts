import type pg from "pg";
import { pendingMigrations } from "./migrate";
import type { Migration } from "./migration-files";

/**
 * Proves that this process can commit: the schema is complete and one row is written durably.
 * @throws Error saying what is missing
 */
export async function probeWrite(pool: pg.Pool, instance: string, migrations: Migration[]): Promise<void> {
  const client = await pool.connect();
  try {
    const pending = await pendingMigrations(client, migrations);
    if (pending.length > 0) throw new Error(`Migrations are missing: ${pending.join(", ")}`);
    await client.query("SET synchronous_commit = on");
    await client.query(
      `WITH gone AS (DELETE FROM heartbeat WHERE name LIKE 'web:%' AND last_seen_at < now() - interval '1 day')
       INSERT INTO heartbeat (name, last_seen_at) VALUES ($1, now())
       ON CONFLICT (name) DO UPDATE SET last_seen_at = excluded.last_seen_at`,
      [`web:${instance}`],
    );
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}
