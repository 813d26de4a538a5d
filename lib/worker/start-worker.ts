import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { Logger, parseCronItems, type Runner, run, type TaskList, type WorkerEvents } from "graphile-worker";
import type pg from "pg";
import { outboundEntries } from "@/lib/alert/outbound/outbound-policy";
import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { createClient } from "@/lib/db/client";
import type { PrismaClient } from "@/lib/db/generated/client";
import { createPool } from "@/lib/db/pool";
import { runAlertLoop } from "./alert-loop";
import {
  BEAT_SECONDS,
  beat,
  endBeat,
  freeDeadWorkers,
  noteSuccess,
  runNoted,
  type WorkerIdentity,
} from "./heartbeat";
import { boundTasks, SCHEDULE } from "./tasks";

/** Two at a time: a long refresh of one project does not keep the others waiting. */
const CONCURRENCY = 2;
/** Jobs gather for a second before they are due, and a due one is found by asking. */
const POLL_MS = 400;
const STOP_SECONDS = 10;
/** A queue that could take no job for so long does not mend itself. */
const FAILING_MS = 10_000;
/** Two jobs with a transaction each, the listener, the schedule, and one to spare for beats and claims. */
const CONNECTIONS = 6;

export interface Worker {
  id: string;
  /** Takes no more jobs and waits a while for those at hand; what is not done by then is freed for others. */
  stop: () => Promise<void>;
}

/** Runs jobs until it is stopped; a queue that ends by itself (database restarted) is opened again. */
export async function startWorker(url: string): Promise<Worker> {
  const pool = createPool(url, "job", CONNECTIONS);
  const db = createClient(pool);
  const identity: WorkerIdentity = { id: randomUUID(), holders: [] };
  const stopping = new AbortController();
  await beat(pool, identity);
  const allowed = outboundEntries(env().ASSAY_OUTBOUND_ALLOW);
  if (allowed.length > 0) log().warn({ allowed }, "alerts may be sent to these private hosts and ranges");
  let runner = await openQueue(pool, db, identity);
  const beats = keepBeating(pool, identity, stopping.signal);
  const alerts = runAlertLoop(url, stopping.signal);
  const supervised = (async () => {
    while (!stopping.signal.aborted) {
      await runner.promise.catch((error: unknown) => log().error({ err: error }, "the job queue ended"));
      if (stopping.signal.aborted) return;
      await pause(2_000, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      runner = await openQueue(pool, db, identity).catch(() => runner);
      await beat(pool, identity).catch(() => undefined);
    }
  })();
  return {
    id: identity.id,
    async stop() {
      stopping.abort();
      const ended = Promise.all([runner.stop().catch(() => undefined), supervised, beats, alerts]);
      await Promise.race([ended, pause(STOP_SECONDS * 1000, undefined, { ref: false })]);
      await endBeat(pool, identity);
      await db.$disconnect();
      await pool.end();
    },
  };
}

async function openQueue(pool: pg.Pool, db: PrismaClient, identity: WorkerIdentity): Promise<Runner> {
  const events = new EventEmitter() as WorkerEvents;
  // Known before the first job is taken: a holder that is not in a heartbeat counts as dead. All workers of a pool hold under its name.
  events.on("pool:create", ({ workerPool }) => identity.holders.push(workerPool.id));
  identity.holders = [];
  const runner = await run({
    pgPool: pool,
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    events,
    logger: quietLogger(),
    taskList: taskList(pool, db),
    parsedCronItems: parseCronItems(
      SCHEDULE.map(({ name, match }) => ({
        task: name,
        match,
        identifier: name,
        options: { jobKey: name, jobKeyMode: "preserve_run_at", maxAttempts: 3, backfillPeriod: 0 },
      })),
    ),
  });
  endWhenFailing(events, runner);
  return runner;
}

/**
 * The library asks for the numbers of its tasks once, and keeps the answer as long as it runs: an error as well (a lock that was not
 * given in time), after which it would never take a job again and say so to nobody. Ended, it is opened anew by who watches over it.
 */
function endWhenFailing(events: WorkerEvents, runner: Runner): void {
  let failingSince: number | null = null;
  const works = () => {
    failingSince = null;
  };
  events.on("job:start", works);
  events.on("worker:getJob:empty", works);
  events.on("worker:getJob:error", ({ error }) => {
    failingSince ??= performance.now();
    if (performance.now() - failingSince < FAILING_MS) return;
    works();
    log().error({ err: error }, "the job queue can take no jobs and is opened anew");
    void runner.stop().catch(() => undefined);
  });
}

function taskList(pool: pg.Pool, db: PrismaClient): TaskList {
  return Object.fromEntries(
    boundTasks().map(({ name, run: runTask }) => [
      name,
      (payload: unknown) =>
        runNoted(
          () => runTask(db, withoutSchedule(payload)),
          (milliseconds) => noteSuccess(pool, name, milliseconds),
        ),
    ]),
  );
}

/** The schedule adds when it started the job. */
function withoutSchedule(payload: unknown): unknown {
  if (typeof payload !== "object" || payload === null) return payload;
  const { _cron, ...rest } = payload as Record<string, unknown>;
  return rest;
}

async function keepBeating(pool: pg.Pool, identity: WorkerIdentity, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    try {
      await beat(pool, identity);
      const freed = await freeDeadWorkers(pool);
      if (freed > 0) log().warn({ holders: freed }, "jobs of a dead worker were freed");
    } catch (error) {
      log().warn({ err: error }, "no heartbeat");
    }
    await pause(BEAT_SECONDS * 1000, undefined, { signal: stopped, ref: false }).catch(() => undefined);
  }
}

/** The queue's own words at our levels; payloads are ids only. */
function quietLogger(): Logger {
  const ours: Record<string, "error" | "warn"> = { error: "error", warning: "warn" };
  return new Logger(() => (level, message) => {
    log()[ours[level] ?? "debug"](message);
  });
}
