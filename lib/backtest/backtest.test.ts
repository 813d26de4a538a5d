import { expect, test, vi } from "vitest";
import { newId } from "@/lib/core/id";
import { JOB_PAYLOADS } from "@/lib/core/job";
import { refreshEstimate } from "@/lib/estimate/refresh-estimate";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import { testDatabase } from "@/lib/testing/database";
import { workQueue } from "@/lib/testing/judge-samples";
import { contextFor } from "@/lib/testing/make-project";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { catchUp } from "@/lib/worker/catch-up";
import { cancelBacktest } from "./cancel-backtest";
import { deleteBacktest } from "./delete-backtest";
import { readLabelledHistory } from "./labelled-outputs";
import { listBacktests, readBacktest, readBacktestResult } from "./queries";
import { readHistory } from "./read-history";
import { runBacktest } from "./run-backtest";
import { startBacktest } from "./start-backtest";

const { db, pool } = await testDatabase();
vi.setConfig({ testTimeout: 120_000 });

const input = { reviews_per_week: 70, draws: 20, accepted_per_year: 0.5, compare: false };
const DAYS = 56;
const PER_DAY = 30;

/** Two weeks of pilot with truth, six of production of which 140 outputs a week are reviewed; "south" fails from day 35 on. */
async function reviewedProject(days = DAYS) {
  const sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 140 } });
  const projectId = sampled.project.id;
  const start = Date.UTC(2026, 0, 5, 12);
  const isRight = (day: number, at: number) => (day >= 35 && at % 5 === 0 ? false : at % 11 !== 3);
  for (let day = 0; day < days; day += 1) {
    await storeOutputs(
      { db, pool },
      sampled,
      Array.from({ length: PER_DAY }, (_, at) => ({
        externalId: `${day} ${at}`,
        instant: new Date(start + day * 86_400_000 + at),
        phase: day < 14 ? ("PILOT" as const) : ("PRODUCTION" as const),
        segments: { region: at % 5 === 0 ? "south" : "north" },
        output: { label: "a" },
        cluster: at === 1 ? `c ${day}` : null,
        ...(day < 14 ? { truthScore: isRight(day, at) ? 1 : 0 } : {}),
      })),
    );
  }
  await closeEpochs(db, projectId, "RECORDED", new Date(start + (days + 1) * 86_400_000));
  await workQueue(db, projectId, 20 * (days - 14), (externalId) => {
    const [day = 0, at = 0] = externalId.split(" ").map(Number);
    return at === 7 ? "unsure" : isRight(day, at) ? 1 : 0;
  });
  await refreshEstimate(db, projectId);
  return { ctx: contextFor(db, sampled.project), projectId };
}

const waitingJob = async (id: string) => {
  const { rows } = await pool.query<{ payload: unknown; queue: string | null }>(
    `SELECT payload, queue_name AS queue FROM graphile_worker._private_jobs job
     LEFT JOIN graphile_worker._private_job_queues queue ON queue.id = job.job_queue_id WHERE key = $1`,
    [`backtest:${id}`],
  );
  return rows[0];
};

const shared = await reviewedProject();

test("reviewed samples are the history, each with the probability of its review", async () => {
  const { ctx, projectId } = shared;
  const outputs = await readHistory(ctx);
  const stored = await db.sample.findMany({
    where: { projectId, state: { in: ["SETTLED", "UNSURE"] } },
    include: { stratumEpoch: true, output: true },
  });
  const counting = stored.filter((each) => each.randomNumber < each.stratumEpoch.effectiveRate);
  expect(outputs).toHaveLength(counting.length);
  expect(outputs.length).toBeGreaterThan(900);
  const byName = new Map(outputs.map((each) => [each.externalId, each]));
  for (const { output, stratumEpoch, score } of counting)
    expect(byName.get(output.externalId)).toEqual({
      externalId: output.externalId,
      instant: output.occurredAt.getTime(),
      phase: output.phase,
      segments: output.segments,
      cluster: output.cluster,
      flagged: false,
      sourceProbability: stratumEpoch.effectiveRate,
      score,
    });
  expect(outputs.some(({ score }) => score === null)).toBe(true);
  const summary = await readLabelledHistory(ctx);
  expect(summary).toMatchObject({ kind: "reviews", outputs: outputs.length, pilot_outputs: 14 * PER_DAY });
  expect(summary).toMatchObject({ first_day: "2026-01-05", last_day: "2026-03-01" });
  expect(summary.per_week).toBeGreaterThan(80);
});

test("a backtest is started once, runs in the background and keeps one result", async () => {
  const { ctx, projectId } = shared;
  const started = await startBacktest(ctx, { ...input, compare: true });
  expect(started).toMatchObject({ state: "WAITING", draws_total: 20, draws_done: 0 });
  expect(started.settings).toMatchObject({ budgets: [70, 25, 50, 100, 200], attributes: ["region"] });
  expect(await waitingJob(started.id)).toMatchObject({
    payload: { projectId, backtestId: started.id },
    queue: "backtest",
  });
  await expect(startBacktest(ctx, input)).rejects.toMatchObject({ code: "CONFLICT" });
  // The worker that took it first was stopped for a while, and another one took it over.
  const wrote = await Promise.all([runBacktest(ctx, started.id), runBacktest(ctx, started.id)]);
  expect(wrote.filter(Boolean)).toHaveLength(1);
  const done = await readBacktestResult(ctx, started.id);
  expect(done).toMatchObject({ state: "DONE", draws_done: 20, problem: null });
  const south = done.result?.segments.findIndex(({ value }) => value === "south") ?? -1;
  expect(done.result?.budgets[0]?.segments[south]?.alarmed).toBe(20);
  expect(done.result?.budgets.map((each) => each.reviews_per_week)).toEqual([70, 25, 50, 100, 200]);
  expect(await runBacktest(ctx, started.id)).toBe(false);
  const audit = await db.auditEvent.findMany({ where: { projectId, objectId: started.id } });
  expect(audit.map(({ action }) => action)).toEqual(["backtest.start"]);
});

test("one whose worker died begins anew", async () => {
  const { ctx } = shared;
  const started = await startBacktest(ctx, input);
  await db.backtest.updateMany({
    where: { id: started.id },
    data: { state: "RUNNING", startedAt: new Date(0), drawsDone: 17 },
  });
  expect(await runBacktest(ctx, started.id)).toBe(true);
  const done = await readBacktest(ctx, started.id);
  expect(done).toMatchObject({ state: "DONE", draws_done: 20 });
  expect(done.started_at).not.toBe(new Date(0).toISOString());
});

test("a job that was lost is enqueued again, one that is there is not", async () => {
  const { ctx } = shared;
  const started = await startBacktest(ctx, input);
  await pool.query("DELETE FROM graphile_worker._private_jobs WHERE key = $1", [`backtest:${started.id}`]);
  await catchUp(db);
  const job = await waitingJob(started.id);
  expect(JOB_PAYLOADS["run-backtest"].parse(job?.payload).backtestId).toBe(started.id);
  await pool.query(
    "UPDATE graphile_worker._private_jobs SET locked_by = 'somebody', locked_at = now() WHERE key = $1",
    [`backtest:${started.id}`],
  );
  await catchUp(db);
  const { rows } = await pool.query("SELECT 1 FROM graphile_worker._private_jobs WHERE key = $1", [
    `backtest:${started.id}`,
  ]);
  expect(rows).toHaveLength(1);
  await cancelBacktest(ctx, started.id);
});

test("a cancelled backtest stops soon and stays cancelled; a deleted one is gone", async () => {
  const { ctx, projectId } = shared;
  const started = await startBacktest(ctx, { ...input, draws: 1000, compare: true });
  const run = runBacktest(ctx, started.id);
  await vi.waitFor(async () => expect((await readBacktest(ctx, started.id)).draws_done).toBeGreaterThan(0), {
    timeout: 60_000,
    interval: 200,
  });
  const cancelled = await cancelBacktest(ctx, started.id);
  expect(cancelled.state).toBe("CANCELLED");
  expect(await run).toBe(false);
  expect((await readBacktestResult(ctx, started.id)).result).toBeNull();
  await expect(cancelBacktest(ctx, started.id)).rejects.toMatchObject({ code: "CONFLICT" });
  await deleteBacktest(ctx, started.id);
  await expect(readBacktest(ctx, started.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(deleteBacktest(ctx, started.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const audit = await db.auditEvent.findMany({
    where: { projectId, objectId: started.id },
    orderBy: { seq: "asc" },
  });
  expect(audit.map(({ action }) => action)).toEqual(["backtest.start", "backtest.cancel", "backtest.delete"]);
});

test("too few labels, and other people's backtests", async () => {
  const few = await reviewedProject(16);
  // 420 truths of the pilot are enough to start, so take some away.
  await db.sample.updateMany({
    where: { projectId: few.projectId, randomNumber: { gt: 0.5 } },
    data: { state: "QUEUED", score: null, verdict: null },
  });
  await refreshEstimate(db, few.projectId);
  await expect(startBacktest(few.ctx, input)).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await listBacktests(few.ctx)).toEqual({ backtests: [], next: null });
  const [own] = (await listBacktests(shared.ctx)).backtests;
  await expect(readBacktest(few.ctx, own?.id ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(cancelBacktest(few.ctx, own?.id ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(deleteBacktest(few.ctx, own?.id ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await runBacktest(few.ctx, own?.id ?? newId())).toBe(false);
});

test("backtests are met once each, the newest first, while another one is started", async () => {
  const { project } = await makeSampledProject(db);
  const ctx = contextFor(db, project);
  const started = await startBacktest(shared.ctx, input);
  await cancelBacktest(shared.ctx, started.id);
  const make = (second: number) =>
    db.backtest.create({
      data: {
        projectId: project.id,
        id: newId(),
        settings: started.settings,
        drawsTotal: 20,
        createdAt: new Date(Date.UTC(2026, 2, 1, 0, 0, second)),
      },
    });
  // Two of a second, so that the id has to settle the tie.
  const made = [];
  for (let each = 0; each < 7; each += 1) made.push(await make(Math.floor(each / 2)));
  const seen: string[] = [];
  for (let after: string | null = ""; after !== null; ) {
    const page = await listBacktests(ctx, { limit: 2, ...(after ? { after } : {}) });
    seen.push(...page.backtests.map(({ id }) => id));
    after = page.next;
    await make(50 + seen.length);
  }
  expect(seen).toHaveLength(7);
  expect(new Set(seen)).toEqual(new Set(made.map(({ id }) => id)));
});

test("where truth comes for every output, the truths are the history", async () => {
  const { ctx, projectId } = await reviewedProject(21);
  await db.project.update({ where: { id: projectId }, data: { truthCoverage: "COMPLETE" } });
  await db.answerSchema.create({
    data: {
      projectId,
      id: newId(),
      version: 1,
      definition: {
        fields: [{ key: "label", label: "Label", type: "text", output_path: "/label", truth_path: "/label" }],
      },
    },
  });
  await pool.query(
    `INSERT INTO ground_truth (project_id, id, external_id, value, received_at, content_hash)
     SELECT project_id, gen_random_uuid(), external_id,
       CASE WHEN random_number < 0.3 THEN '{"label": "b"}'::jsonb ELSE '{"label": "a"}'::jsonb END, now(), content_hash
     FROM output WHERE project_id = $1`,
    [projectId],
  );
  const outputs = await readHistory(ctx);
  expect(await readLabelledHistory(ctx)).toMatchObject({ kind: "truth", outputs: 21 * PER_DAY });
  expect(outputs).toHaveLength(21 * PER_DAY);
  const wrong = outputs.filter(({ score }) => score === 0).length / outputs.length;
  expect(Math.abs(wrong - 0.3)).toBeLessThan(0.08);
  expect(outputs.every(({ sourceProbability }) => sourceProbability === 1)).toBe(true);
});
