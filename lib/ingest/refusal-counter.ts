import type pg from "pg";
import { log } from "@/lib/core/log";
import { appendCounts, type LedgerRow, noCounts, startOfHour } from "./count-outcomes";
import { databaseNow } from "./database-clock";
import { inDurableTransaction } from "./durable-transaction";
import { enqueueRaw } from "./enqueue-follow-up";
import { Refusal } from "./refusal";
import type { Sender } from "./sender";

const FLUSH_MS = 1_000;
const COUNTED = new Set([400, 413, 415, 422]);

/** Counts what authenticated senders sent in vain, at most a second late: a crash in between forgets these counts and nothing else. */
export interface RefusalCounter {
  /** Runs `work` and counts the refusal that it ends with, if sending the same again would be in vain too. */
  watch<T>(sender: Sender, work: () => Promise<T>): Promise<T>;
  flush(): Promise<void>;
}

/** A body that was refused as a whole counts as one record, unless it is known how many it held. */
export function refusalCounter(pool: pg.Pool): RefusalCounter {
  let rows = new Map<string, LedgerRow>();
  let timer: NodeJS.Timeout | undefined;

  function count({ project, source }: Sender, records: number): void {
    const hour = startOfHour(databaseNow());
    const key = `${project.id}|${source.id}|${hour.getTime()}`;
    const row = rows.get(key) ?? { projectId: project.id, sourceId: source.id, hour, ...noCounts() };
    row.received += records;
    row.refused += records;
    rows.set(key, row);
    timer ??= setTimeout(() => void flush(), FLUSH_MS).unref();
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const ledger = [...rows.values()];
    rows = new Map();
    if (ledger.length === 0) return;
    try {
      await inDurableTransaction(pool, async (client) => {
        await appendCounts(client, ledger, []);
        for (const id of new Set(ledger.map((row) => row.projectId)))
          await enqueueRaw(client, "fold-counts", id);
      });
    } catch (error) {
      log().warn({ message: error instanceof Error ? error.message : "" }, "refusals were not counted");
    }
  }

  return {
    flush,
    async watch(sender, work) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof Refusal && COUNTED.has(error.status)) {
          const { records } = error.details;
          count(sender, typeof records === "number" ? records : 1);
        }
        throw error;
      }
    },
  };
}
