import { EventEmitter } from "node:events";
import { run, type Runner, type WorkerEvents } from "graphile-worker";
import { deliverDue } from "@/lib/alert/deliver-due";
import { readOutboundPolicy } from "@/lib/alert/outbound/outbound-policy";
import { messageSender, type SendMessage } from "@/lib/alert/send-message";
import { createClient } from "@/lib/db/client";
import { createPool } from "@/lib/db/pool";
import { inTransaction } from "@/lib/db/transaction";
import { openIncident } from "@/lib/incident/open-incident";
import { alarmOf } from "@/lib/testing/make-monitor";
import { boundTasks } from "@/lib/worker/tasks";

export interface AlertOrders {
  projectId: string;
  planId: string;
  /** Segments that are bad, in the order in which this process finds them. */
  breaches: string[];
  /** The clock of deliveries: starts at `from` and runs `speed` times as fast. */
  clock: { from: number; speed: number };
  answerMs: number;
  leaseMs: number;
}

export type AlertNews = { ready: true } | { holder: string } | { committed: string } | { found: number };

/**
 * One process that does everything: finds breaches, opens incidents, runs the jobs that they leave, and sends what is due, until it is
 * killed. With an order of "go" it begins.
 */
const url = process.argv[2] ?? "";
process.env.DATABASE_URL = url;
const tell = (news: AlertNews) => process.send?.(news);

process.on("message", (orders: AlertOrders) => void work(orders));
const pool = createPool(url, "alert-test", 8);
const db = createClient(pool);
await pool.query("SELECT 1");
tell({ ready: true });

async function work(orders: AlertOrders): Promise<void> {
  // Who holds jobs here is known before the first incident is: what is said first arrives first.
  const jobs = await runJobs();
  await Promise.all([jobs.promise, findBreaches(orders), sendForEver(orders)]);
}

async function runJobs(): Promise<Runner> {
  const route = boundTasks().find(({ name }) => name === "route-alert");
  if (!route) throw new Error("There is no job that routes alerts.");
  const events = new EventEmitter() as WorkerEvents;
  events.on("pool:create", ({ workerPool }) => tell({ holder: workerPool.id }));
  return run({
    events,
    pgPool: pool,
    concurrency: 2,
    pollInterval: 100,
    noHandleSignals: true,
    taskList: { [route.name]: async (payload: unknown) => void (await route.run(db, payload)) },
  });
}

async function findBreaches({ projectId, planId, breaches }: AlertOrders): Promise<void> {
  let found = 0;
  for (const value of breaches) {
    const { opened } = await asAJob(() =>
      inTransaction(db, (tx) => openIncident(tx, { projectId }, alarmOf(planId, { value }))),
    );
    if (opened) {
      found += 1;
      tell({ committed: value });
    }
  }
  tell({ found });
}

/** In the product this runs as a job, which is tried again: a machine that is busy for seconds is no fault of it. */
async function asAJob<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, attempt * 100));
    }
  }
}

async function sendForEver({ clock, answerMs, leaseMs }: AlertOrders): Promise<void> {
  const send = messageSender({ policy: readOutboundPolicy("127.0.0.1", []), totalMs: answerMs });
  // Signatures tell the true time: the receiver has no other.
  const sendNow: SendMessage = (channel, sent) => send(channel, sent, new Date());
  const now = async () => new Date(clock.from + (Date.now() - clock.from) * clock.speed);
  for (;;) {
    await deliverDue(db, { send: sendNow, now, leaseSeconds: (leaseMs * clock.speed) / 1_000 });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
