import { expect, test, vi } from "vitest";
import { enqueueJob } from "@/lib/db/enqueue-job";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import { report, takeConsole } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { judgeSample } from "@/lib/testing/judge-samples";
import { makeMonitorPlan } from "@/lib/testing/make-monitor";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { catchUp } from "./catch-up";
import { beat, endBeat, freeDeadWorkers } from "./heartbeat";
import { startWorker } from "./start-worker";
import { boundTasks, SCHEDULE } from "./tasks";

const { db, pool, url } = await testDatabase();
vi.setConfig({ testTimeout: 60_000 });

async function until(what: () => Promise<boolean>, seconds = 40): Promise<number> {
  const started = performance.now();
  while (!(await what())) {
    if (performance.now() - started > seconds * 1000) throw new Error("It did not happen in time.");
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return performance.now() - started;
}

const instant = new Date("2026-03-02T12:00:00Z");
async function reviewedProject(outputs = 40) {
  const sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 700, expectedPerDay: outputs } });
  await storeOutputs(
    { db, pool },
    sampled,
    Array.from({ length: outputs }, (_, at) => ({ externalId: `o${at}`, instant, input: { at } })),
  );
  const samples = await db.sample.findMany({
    where: { projectId: sampled.project.id },
    orderBy: { randomNumber: "asc" },
  });
  return { projectId: sampled.project.id, samples };
}

const jobs = async (projectId: string) => {
  const { rows } = await pool.query(
    "SELECT key, locked_by FROM graphile_worker._private_jobs WHERE key LIKE '%' || $1 AND locked_at IS NULL",
    [projectId],
  );
  return rows.length;
};

test("a review is in the estimate within seconds, and a burst of reviews causes few runs", async () => {
  const { projectId, samples } = await reviewedProject();
  const worker = await startWorker(url);
  const weekly = () => db.estimateCell.findFirst({ where: { projectId, periodKind: "WEEK", attribute: "" } });
  const key = `refresh:${projectId}`;
  const review = async (score: number, at: number) => {
    const sample = samples[at];
    if (!sample) throw new Error("There are too few samples.");
    await judgeSample(db, sample, score);
    await db.$transaction((tx) =>
      enqueueJob(tx, "refresh-estimate", { projectId }, { key, delaySeconds: 1 }),
    );
  };
  await review(1, 0);
  const first = await until(async () => (await weekly())?.outputs === 1);
  for (let at = 1; at <= 20; at += 1) await review(at % 2, at);
  const burst = await until(async () => (await weekly())?.outputs === 21);
  const beats = await db.heartbeat.findMany({
    where: { name: { in: [`worker:${worker.id}`, "job:refresh-estimate"] } },
  });
  expect(beats).toHaveLength(2);
  await worker.stop();
  expect(await db.heartbeat.count({ where: { workerId: worker.id } })).toBe(0);
  // A second and a half here; a slow machine, or the jobs of a full hour at the same moment, add some.
  expect(first).toBeLessThan(15_000);
  expect(burst).toBeLessThan(15_000);
  report(
    `refreshed ${first.toFixed(0)} ms after one review, ${burst.toFixed(0)} ms after the last of twenty`,
  );
});

test("a queue whose first question fails is opened anew, and takes its jobs", async () => {
  const { projectId, samples } = await reviewedProject();
  const other = await pool.connect();
  await other.query("BEGIN; LOCK TABLE graphile_worker._private_tasks IN SHARE ROW EXCLUSIVE MODE");
  const worker = await startWorker(url);
  // Longer than anything may wait for a lock.
  await new Promise((resolve) => setTimeout(resolve, 6_500));
  await other.query("ROLLBACK");
  other.release();
  const [sample] = samples;
  if (!sample) throw new Error("There are too few samples.");
  await judgeSample(db, sample, 1);
  await db.$transaction((tx) =>
    enqueueJob(tx, "refresh-estimate", { projectId }, { key: `refresh:${projectId}` }),
  );
  await until(async () => (await db.estimateCell.count({ where: { projectId } })) > 0);
  await worker.stop();
  // What the library prints of the answer that it keeps.
  expect(takeConsole().join("\n")).toContain("canceling statement due to lock timeout");
});

test("several workers on one queue run each burst once and end in order", async () => {
  const { projectId } = await reviewedProject();
  const workers = await Promise.all([startWorker(url), startWorker(url), startWorker(url)]);
  await pool.query("DELETE FROM dirty_epoch WHERE project_id = $1", [projectId]);
  await closeEpochs(db, projectId, "RECORDED", new Date("2026-04-01T00:00:00Z"));
  await until(async () => (await db.dirtyEpoch.count({ where: { projectId } })) === 0);
  await until(async () => (await jobs(projectId)) === 0);
  await Promise.all(workers.map((worker) => worker.stop()));
  expect(await db.estimateCell.count({ where: { projectId } })).toBeGreaterThan(0);
});

test("jobs of a dead worker are freed, those of a living one are not", async () => {
  const { projectId } = await reviewedProject(5);
  await db.$transaction(async (tx) => {
    await enqueueJob(tx, "fold-counts", { projectId }, { key: `dead:${projectId}` });
    await enqueueJob(tx, "fold-counts", { projectId }, { key: `live:${projectId}` });
  });
  await pool.query(
    `UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '1 minute', attempts = 1,
       locked_by = CASE WHEN key LIKE 'dead%' THEN 'worker-dead' ELSE 'worker-live' END WHERE key LIKE '%' || $1`,
    [projectId],
  );
  const living = { id: "living", holders: ["worker-live"] };
  await beat(pool, living);
  await beat(pool, { id: "gone", holders: ["worker-dead"] });
  await pool.query(
    "UPDATE heartbeat SET last_seen_at = now() - interval '1 minute' WHERE name = 'worker:gone'",
  );
  expect(await freeDeadWorkers(pool)).toBe(1);
  const { rows } = await pool.query(
    "SELECT split_part(key, ':', 1) AS key, locked_by FROM graphile_worker._private_jobs WHERE key LIKE '%' || $1 ORDER BY key",
    [projectId],
  );
  expect(rows).toEqual([
    { key: "dead", locked_by: null },
    { key: "live", locked_by: "worker-live" },
  ]);
  await endBeat(pool, living);
  expect(await freeDeadWorkers(pool)).toBe(1);
});

test("a job that takes long stays with the worker that is at it", async () => {
  const { projectId } = await reviewedProject(5);
  const blocking = await pool.connect();
  await blocking.query("BEGIN; LOCK TABLE dirty_epoch IN ACCESS EXCLUSIVE MODE");
  const worker = await startWorker(url);
  await pool.query(
    "SELECT graphile_worker.add_job('refresh-estimate', json_build_object('projectId', $1::text), job_key => 'long')",
    [projectId],
  );
  const held =
    "SELECT locked_by FROM graphile_worker._private_jobs WHERE key = 'long' AND locked_at IS NOT NULL";
  await until(async () => (await pool.query(held)).rowCount === 1);
  await pool.query(
    "UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '1 minute' WHERE locked_at IS NOT NULL",
  );
  expect(await freeDeadWorkers(pool)).toBe(0);
  await blocking.query("ROLLBACK");
  blocking.release();
  await until(
    async () =>
      (await pool.query("SELECT FROM graphile_worker._private_jobs WHERE key = 'long'")).rowCount === 0,
  );
  await worker.stop();
});

test("work whose job was lost is found again", async () => {
  const { projectId } = await reviewedProject(5);
  await pool.query("DELETE FROM graphile_worker._private_jobs WHERE key LIKE '%' || $1", [projectId]);
  expect(await catchUp(db)).toBeGreaterThan(0);
  expect(await jobs(projectId)).toBe(2);
  const worker = await startWorker(url);
  await until(async () => (await db.populationDelta.count({ where: { projectId } })) === 0);
  await until(async () => (await db.dirtyEpoch.count({ where: { projectId } })) === 0);
  await worker.stop();
  expect(await db.estimateCell.count({ where: { projectId, periodKind: "WEEK" } })).toBe(1);
});

test("the last review that a day needs brings it to the detectors within seconds", async () => {
  const { projectId, samples } = await reviewedProject();
  await makeMonitorPlan(db, { id: projectId });
  await closeEpochs(db, projectId, "RECORDED", new Date("2026-04-01T00:00:00Z"));
  const worker = await startWorker(url);
  await until(async () => (await jobs(projectId)) === 0);
  for (const sample of samples) await judgeSample(db, sample, 1);
  const key = `refresh:${projectId}`;
  await db.$transaction((tx) => enqueueJob(tx, "refresh-estimate", { projectId }, { key, delaySeconds: 1 }));
  const took = await until(
    async () => (await db.monitorRun.findFirst({ where: { projectId } }))?.fedSequence === 1,
  );
  await worker.stop();
  expect(await db.detectorCheckpoint.count({ where: { projectId } })).toBe(1);
  expect(took).toBeLessThan(20_000);
  report(`a day was fed ${took.toFixed(0)} ms after its last review`);
});

test("a worker outlives a cut of all its connections", async () => {
  const { projectId } = await reviewedProject(5);
  const worker = await startWorker(url);
  await pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'assay-job' AND datname = current_database()",
  );
  await catchUp(db);
  const took = await until(async () => (await db.estimateCell.count({ where: { projectId } })) > 0);
  await worker.stop();
  expect(took).toBeLessThan(30_000);
  report(`worked again ${took.toFixed(0)} ms after its connections were cut`);
});

test("every scheduled job is known, and its payload is checked", async () => {
  const tasks = boundTasks();
  expect(tasks.map(({ name }) => name)).toEqual(expect.arrayContaining(SCHEDULE.map(({ name }) => name)));
  for (const { name, run } of tasks.filter((task) => SCHEDULE.some((each) => each.name === task.name))) {
    await run(db, {});
    await expect(run(db, { surprise: name })).rejects.toThrow();
  }
});
