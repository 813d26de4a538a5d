import type pg from "pg";
import { log } from "@/lib/core/log";
import { appendCounts, ledgerRows, noCounts } from "./count-outcomes";
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
}

/** A body that was refused as a whole counts as one record, unless it is known how many it held. */
export function refusalCounter(pool: pg.Pool): RefusalCounter {
  let counted: Parameters<typeof ledgerRows>[0][number][] = [];
  let timer: NodeJS.Timeout | undefined;

  function count(sender: Sender, records: number): void {
    const counts = { ...noCounts(), received: records, refused: records };
    counted.push({ request: { sender, receivedAt: databaseNow() }, counts });
    timer ??= setTimeout(() => void flush(), FLUSH_MS).unref();
  }

  async function flush(): Promise<void> {
    timer = undefined;
    const ledger = ledgerRows(counted);
    counted = [];
    const projects = new Set(ledger.map(({ projectId }) => projectId));
    try {
      await inDurableTransaction(pool, async (client) => {
        await appendCounts(client, ledger, []);
        for (const projectId of projects) await enqueueRaw(client, "fold-counts", projectId);
      });
    } catch (error) {
      log().warn({ message: error instanceof Error ? error.message : "" }, "refusals were not counted");
    }
  }

  return {
    async watch(sender, work) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof Refusal && COUNTED.has(error.status))
          count(sender, Number(error.options.details?.records ?? 1));
        throw error;
      }
    },
  };
}
