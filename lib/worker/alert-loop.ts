import { setTimeout as pause } from "node:timers/promises";
import { deliverDue } from "@/lib/alert/deliver-due";
import { log } from "@/lib/core/log";
import { createClient } from "@/lib/db/client";
import { createPool } from "@/lib/db/pool";
import { noteSuccess } from "./heartbeat";

const LOOK_MS = 1_000;
const NOTE_MS = 20_000;
/** Deliveries wait for the network, hardly ever for the database. */
const CONNECTIONS = 3;

const DUE = `SELECT EXISTS (SELECT 1 FROM alert_delivery WHERE state IN ('HELD', 'WAITING') AND due_at <= now()
  AND (lease_until IS NULL OR lease_until < now())) AS due`;

/**
 * Sends alerts as soon as they are due, beside the job queue: a receiver that takes 15 seconds keeps no job waiting. Ends when
 * stopped, after the attempts at hand.
 */
export async function runAlertLoop(url: string, stopped: AbortSignal): Promise<void> {
  const pool = createPool(url, "alert", CONNECTIONS);
  const db = createClient(pool);
  let noted = 0;
  while (!stopped.aborted) {
    try {
      const started = performance.now();
      const { rows } = await pool.query<{ due: boolean }>(DUE);
      if (rows[0]?.due) await deliverDue(db);
      if (started - noted > NOTE_MS || noted === 0) {
        await noteSuccess(pool, "deliver-alerts", performance.now() - started);
        noted = started;
      }
    } catch (error) {
      log().warn({ err: error }, "alerts could not be sent; the next look tries again");
    }
    await pause(LOOK_MS, undefined, { signal: stopped, ref: false }).catch(() => undefined);
  }
  await db.$disconnect();
  await pool.end();
}
