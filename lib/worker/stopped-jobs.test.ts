import { expect, test, vi } from "vitest";
import { JOB_PAYLOADS, type JobName } from "@/lib/core/job";
import { JOB_PROMISES } from "@/lib/freshness/job-promise";
import { noteStalls } from "@/lib/freshness/note-stalls";
import { readStalls } from "@/lib/freshness/queries";
import { makeChannel } from "@/lib/alert/testing/make-channel";
import { deliverDue } from "@/lib/alert/deliver-due";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { makeProject } from "@/lib/testing/make-project";
import { runNoted } from "./heartbeat";
import { SCHEDULE } from "./tasks";

const { db, pool } = await testDatabase();
vi.setConfig({ testTimeout: 120_000 });

const project = await makeProject(db);
await makeChannel(db, project);
const JOBS = Object.keys(JOB_PAYLOADS) as JobName[];
const START = new Date("2026-03-02T10:00:00Z").getTime();
/** The clock of the next story begins after that of the last. */
let epoch = START;

type Runs = typeof runNoted;
type Stop = "never started" | "poisoned" | "worker gone";

interface Seen {
  /** Seconds after it stopped: on the page, in the receiver's hands. */
  shown: number | null;
  told: number | null;
  /** What else was shown, which would be a false alarm. */
  others: string[];
}

/**
 * All jobs run in time until one stops (or all do); somebody looks every ten seconds. Only heartbeats and rows of the queue are
 * written, as the real worker does; judging, telling and sending are the product's own.
 */
function story(runs: Runs = runNoted) {
  const start = epoch;
  let now = start;
  const at = () => new Date(now);
  const lastRun = new Map<JobName, number>();
  const sent: { title: string; at: number }[] = [];

  /** Signs of life of many, as the worker and the watch write them. */
  async function beat(names: readonly string[]): Promise<void> {
    await pool.query(
      `INSERT INTO heartbeat (name, worker_id, last_seen_at) SELECT name, CASE WHEN name = 'worker:one' THEN 'one' END, $2
       FROM unnest($1::text[]) AS name ON CONFLICT (name) DO UPDATE SET last_seen_at = excluded.last_seen_at`,
      [names, at()],
    );
  }
  async function ask(name: JobName, attempts: number): Promise<void> {
    await pool.query(
      `SELECT graphile_worker.add_job($1, $2, job_key => $3, job_key_mode => 'preserve_run_at', max_attempts => 12)`,
      [name, { projectId: project.id }, `stopped:${name}`],
    );
    await pool.query(
      `UPDATE graphile_worker._private_jobs SET created_at = LEAST(created_at, $2), attempts = $3, last_error = $4 WHERE key = $1`,
      [`stopped:${name}`, at(), attempts, attempts > 0 ? "poisoned" : null],
    );
  }
  /** The worker's turn: everything that is due and not stopped. */
  async function work(stopped: JobName | null, how: Stop): Promise<void> {
    if (how === "worker gone" && stopped) return;
    const due = JOBS.filter((name) => {
      const { seconds, asked } = JOB_PROMISES[name];
      return !asked && now - (lastRun.get(name) ?? 0) >= seconds * 1_000;
    });
    for (const name of due) lastRun.set(name, now);
    await beat(["worker:one", ...due.filter((name) => name !== stopped).map((name) => `job:${name}`)]);
    if (!stopped || how !== "poisoned" || JOB_PROMISES[stopped].asked) return;
    const poisoned = () => Promise.reject(new Error("poisoned"));
    await runs(poisoned, () => beat([`job:${stopped}`])).catch(() => undefined);
  }
  async function look(): Promise<string[]> {
    await noteStalls(db, { now: at() });
    const due = await db.alertDelivery.count({ where: { state: "WAITING" } });
    if (due > 0)
      await deliverDue(db, {
        now: async () => at(),
        send: async (_channel, { message }) => {
          sent.push({ title: message.title, at: now });
          return {
            delivered: true,
            status: 200,
            outcome: "delivered",
            detail: "",
            gone: false,
            retryAfterSeconds: null,
          };
        },
      });
    const stalls = await readStalls(db, { projectId: project.id, now: at() });
    return stalls.map(({ subject }) => subject);
  }
  const end = async () => {
    await pool.query(
      "DELETE FROM graphile_worker._private_jobs WHERE key LIKE 'stopped:%'; DELETE FROM heartbeat; DELETE FROM job_stall",
    );
    epoch = now + 86_400_000;
  };
  const move = (seconds: number) => {
    now += seconds * 1_000;
  };
  /** Time in which somebody looked every ten seconds and saw nothing. */
  const pass = async (seconds: number) => {
    move(seconds);
    await beat(["watch"]);
  };
  /** Mended, and started at once. */
  const restart = (name: JobName) => lastRun.delete(name);
  return { at: () => now, work, look, ask, sent, move, pass, restart, end };
}

/** What becomes of it when this job stops and comes back after its alarm. */
async function stop(name: JobName, how: Stop, runs?: Runs): Promise<Seen & { recovered: boolean }> {
  const { at, work, look, ask, sent, move, pass, restart, end } = story(runs);
  const { seconds, asked } = JOB_PROMISES[name];
  await work(null, how);
  move(10);
  await work(null, how);
  expect(await look()).toEqual([]);
  const stopped = at();
  if (asked) await ask(name, how === "poisoned" ? 3 : 0);
  const seen: Seen = { shown: null, told: null, others: [] };
  const subject = how === "worker gone" ? "worker" : name;
  while (at() - stopped < 2 * seconds * 1_000 && seen.told === null) {
    // Long intervals go by in sixths, until the alarm may come.
    const left = 2 * seconds - (at() - stopped) / 1_000;
    await pass(Math.max(10, Math.min(seconds / 6, left - 60)));
    await work(name, how);
    const stalls = await look();
    seen.others.push(...stalls.filter((each) => each !== subject));
    if (stalls.includes(subject)) seen.shown ??= (at() - stopped) / 1_000;
    const [first] = sent;
    if (first) seen.told = (first.at - stopped) / 1_000;
  }
  if (asked)
    await pool.query("DELETE FROM graphile_worker._private_jobs WHERE key = $1", [`stopped:${name}`]);
  restart(name);
  for (let turn = 0; turn < 2; turn += 1) {
    move(10);
    await work(null, how);
    await look();
  }
  const left = await readStalls(db, { projectId: project.id, now: new Date(at()) });
  const recovered = left.length === 0 && sent.length === 2 && sent[1]?.title.includes("again") === true;
  await end();
  return { ...seen, recovered };
}

test("every job that the clock starts has the interval that its promise says, and no other has one", () => {
  const scheduled = JOBS.filter((name) => !JOB_PROMISES[name].asked);
  expect(SCHEDULE.map(({ name }) => name).toSorted()).toEqual(scheduled.toSorted());
  for (const { name, match } of SCHEDULE) {
    const [minute = ""] = match.split(" ");
    const every = minute === "*" ? 60 : minute.startsWith("*/") ? Number(minute.slice(2)) * 60 : 3_600;
    expect(JOB_PROMISES[name].seconds, name).toBe(every);
  }
  expect(Object.keys(JOB_PROMISES).toSorted()).toEqual(JOBS.toSorted());
});

test("each job stopped in turn is on the page and in an alarm within two intervals, and so is its return", async () => {
  const slowest = { name: "", intervals: 0 };
  for (const name of JOBS)
    for (const how of ["never started", "poisoned"] as const) {
      const { seconds } = JOB_PROMISES[name];
      const { shown, told, others, recovered } = await stop(name, how);
      expect(shown, `${name} ${how}: on the page`).not.toBeNull();
      expect(told, `${name} ${how}: told`).not.toBeNull();
      expect(others, `${name} ${how}: false alarms`).toEqual([]);
      expect(recovered, `${name} ${how}: told that it is over`).toBe(true);
      const intervals = (told ?? Number.POSITIVE_INFINITY) / seconds;
      expect(intervals).toBeLessThanOrEqual(2);
      if (intervals > slowest.intervals) Object.assign(slowest, { name, intervals });
    }
  report(
    `${JOBS.length} jobs, two ways each: the latest alarm after ${slowest.intervals.toFixed(2)} intervals`,
  );
});

test("a worker that is gone is one alarm, not one for each of its jobs", async () => {
  const { told, others, recovered } = await stop("evaluate-due", "worker gone");
  expect(told).toBeLessThanOrEqual(120);
  expect(others).toEqual([]);
  expect(recovered).toBe(true);
});

test("planted: a job whose success is noted although it failed is seen by nobody, and so by this test", async () => {
  const noted: Runs = async (run, note) => {
    await run().catch(() => undefined);
    await note(0);
  };
  expect(await stop("evaluate-due", "poisoned", noted)).toMatchObject({ shown: null, told: null });
});

test("a night in which nobody was there is no stall; a watch that has stopped excuses nothing", async () => {
  const { work, look, sent, move, at, end } = story();
  await work(null, "never started");
  expect(await look()).toEqual([]);
  move(8 * 3_600);
  const asleep = await readStalls(db, { projectId: project.id, now: new Date(at()) });
  expect(asleep.map(({ subject }) => subject)).toEqual(["worker"]);
  expect(await look()).toEqual([]);
  await work(null, "never started");
  move(10);
  expect(await look()).toEqual([]);
  expect(sent).toEqual([]);
  await end();
});

test("of six who look at once, one tells", async () => {
  const { at, end } = story();
  await Promise.all(Array.from({ length: 6 }, () => noteStalls(db, { now: new Date(at()) })));
  for (let second = 10; second <= 120; second += 10)
    await Promise.all(
      Array.from({ length: 6 }, () => noteStalls(db, { now: new Date(at() + second * 1_000) })),
    );
  const deliveries = await db.alertDelivery.count({
    where: { projectId: project.id, createdAt: { gt: new Date(at()) } },
  });
  expect(deliveries).toBe(1);
  await end();
});
