import type pg from "pg";
import { sqlState } from "@/lib/db/sql-state";

const RETRIED = new Set(["40001", "40P01"]);
const ATTEMPTS = 3;

/**
 * Runs `work` in one transaction that is on disk when this returns, whatever the server's default. Deadlocks and serialisation
 * failures are tried again; a connection that failed is not used again.
 */
export async function inDurableTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptTransaction(pool, work);
    } catch (error) {
      if (attempt === ATTEMPTS || !RETRIED.has(sqlState(error) ?? "")) throw error;
      await new Promise((resolve) => setTimeout(resolve, attempt * 10 + Math.random() * 40));
    }
  }
}

async function attemptTransaction<T>(pool: pg.Pool, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query("BEGIN; SET LOCAL synchronous_commit = on; SET LOCAL statement_timeout = '10s'");
    const result = await work(client);
    const { command } = await client.query("COMMIT");
    if (command !== "COMMIT") throw new Error("The transaction was rolled back.");
    return result;
  } catch (error) {
    const state = sqlState(error);
    broken = state === undefined || /^(08|53|57P|25006)/.test(state);
    await client.query("ROLLBACK").catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
