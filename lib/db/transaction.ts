import type { Db, Tx } from "./client";
import { sqlState } from "./sql-state";

const RETRIED = new Set(["40001", "40P01"]);

/**
 * Runs `work` in one transaction, or inside the caller's when there is one already. Serialisation failures and deadlocks are
 * tried again, three times at most, with jitter.
 */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>, timeoutMs = 15_000): Promise<T> {
  if (!("$transaction" in db)) return work(db);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.$transaction(work, { timeout: timeoutMs, maxWait: 5_000 });
    } catch (error) {
      if (attempt >= 3 || !RETRIED.has(sqlState(error) ?? "")) throw error;
      await new Promise((resolve) => setTimeout(resolve, attempt * 20 + Math.random() * 50));
    }
  }
}
