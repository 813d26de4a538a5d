import { setTimeout as pause } from "node:timers/promises";
import { deliverDue } from "@/lib/alert/deliver-due";
import { log } from "@/lib/core/log";
import { createClient } from "@/lib/db/client";
import type { PrismaClient } from "@/lib/db/generated/client";
import { createPool } from "@/lib/db/pool";
import { LOOK_SECONDS } from "@/lib/freshness/judge-jobs";
import { noteStalls } from "@/lib/freshness/note-stalls";
import type pg from "pg";

/** One looks, one sends. */
const CONNECTIONS = 2;
const STOP_SECONDS = 5;

/** Due for so long, nobody else sends it: usually it is gone within a second. */
const OVERDUE = `SELECT EXISTS (SELECT 1 FROM alert_delivery WHERE state IN ('HELD', 'WAITING')
  AND due_at <= now() - interval '5 seconds' AND (lease_until IS NULL OR lease_until < now())) AS overdue`;

export interface Watch {
  stop: () => Promise<void>;
}

/**
 * Looks whether background work stands still, in the web process as well as in each worker, because a worker that has stopped cannot
 * say so. Sends what the worker should have sent and did not.
 */
export function startWatch(url: string): Watch {
  const pool = createPool(url, "watch", CONNECTIONS);
  const db = createClient(pool);
  const stopping = new AbortController();
  const watching = keepLooking({ db, pool }, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await Promise.race([watching, pause(STOP_SECONDS * 1_000, undefined, { ref: false })]);
      await db.$disconnect();
      await pool.end();
    },
  };
}

async function keepLooking(
  { db, pool }: { db: PrismaClient; pool: pg.Pool },
  stopped: AbortSignal,
): Promise<void> {
  let sending = Promise.resolve();
  let isSending = false;
  while (!stopped.aborted) {
    try {
      const { opened, ended } = await noteStalls(db);
      if (opened + ended > 0) log().warn({ opened, ended }, "background work stands still, or runs again");
      const { rows } = await pool.query<{ overdue: boolean }>(OVERDUE);
      if (rows[0]?.overdue && !isSending) {
        isSending = true;
        // Beside the looks: a receiver that takes its time does not blind them.
        sending = deliverDue(db)
          .then(
            () => undefined,
            (error: unknown) => log().warn({ err: error }, "overdue alerts could not be sent"),
          )
          .finally(() => {
            isSending = false;
          });
      }
    } catch (error) {
      log().warn({ err: error }, "nobody could look whether background work stands still");
    }
    await pause(LOOK_SECONDS * 1_000, undefined, { signal: stopped, ref: false }).catch(() => undefined);
  }
  await sending;
}
