import { Logger, runMigrations } from "graphile-worker";
import { type MigrateResult, migrate } from "./migrate";
import { createPool } from "./pool";

/** Our own schema, then that of the job queue beside it. Safe to run at any time, and by several processes at once. */
export async function prepareDatabase(url: string): Promise<MigrateResult> {
  const result = await migrate(url);
  const pool = createPool(url, "migrate", 1);
  try {
    await runMigrations({ pgPool: pool, noHandleSignals: true, logger: new Logger(() => () => undefined) });
  } finally {
    await pool.end();
  }
  return result;
}
