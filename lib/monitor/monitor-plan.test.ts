import { expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { freezeBaseline } from "@/lib/estimate/freeze-baseline";
import { foldCounts } from "@/lib/estimate/fold-counts";
import { refreshEstimate } from "@/lib/estimate/refresh-estimate";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import { testDatabase } from "@/lib/testing/database";
import { workQueue } from "@/lib/testing/judge-samples";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { makeSampledProject, type StoredOutput, storeOutputs } from "@/lib/testing/store-outputs";
import { changeMonitorPlan } from "./change-monitor-plan";
import { evaluateDue } from "./evaluate-due";
import { evaluateMonitors } from "./evaluate-monitors";
import { FEWEST_FOR_OWN_BOUNDARY } from "./pilot-rule";
import { planThreshold } from "./plan-threshold";
import { readFloor } from "./read-floor";
import { monitoringState } from "./monitoring-state";
import { type MonitorChange, monitoringStateSchema, monitorPilotSchema } from "./schema";

const { db, pool } = await testDatabase();
const DAY_MS = 86_400_000;
const FIRST = Date.parse("2026-03-02T12:00:00Z");

/** Of ten pilot outputs one is wrong, of ios ones two. */
function pilotOf(count: number): StoredOutput[] {
  return Array.from({ length: count }, (_, at) => ({
    externalId: `p${at}`,
    instant: new Date(FIRST),
    phase: "PILOT" as const,
    segments: { device: at % 2 ? "ios" : "web", letter: `l${at % 3}`, only: "one" },
    truthScore: at % 10 === 5 ? 0 : 1,
  }));
}

async function started(pilot: number) {
  const sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 70, expectedPerDay: 20 } });
  const projectId = sampled.project.id;
  const manager = await makePerson(db, { project: sampled.project, role: "MANAGER" });
  const ctx = contextFor(db, sampled.project, actorFor(manager));
  const send = (outputs: StoredOutput[]) => storeOutputs({ db, pool }, sampled, outputs);
  if (pilot > 0) await send(pilotOf(pilot));
  const count = async () => {
    await foldCounts(db, projectId);
    await refreshEstimate(db, projectId);
  };
  /** A day of production, closed and reviewed to its end. */
  const produce = async (day: number, right = true) => {
    const instant = new Date(FIRST + day * DAY_MS);
    const segments = { device: "ios" };
    await send(Array.from({ length: 20 }, (_, at) => ({ externalId: `d${day}-${at}`, instant, segments })));
    await closeEpochs(db, projectId, "RECORDED", new Date(FIRST + (day + 1) * DAY_MS));
    await workQueue(db, projectId, 1_000, () => (right ? 1 : 0));
    await count();
  };
  const plans = () =>
    db.monitorPlan.findMany({
      where: { projectId },
      orderBy: { version: "asc" },
      include: { boundaries: { orderBy: { value: "asc" } }, run: true },
    });
  await count();
  return { projectId, ctx, send, produce, count, plans, evaluate: () => evaluateMonitors(db, projectId) };
}

const change: MonitorChange = {
  base_version: 0,
  attributes: ["device"],
  floor: 0.9,
  tolerance: 0.02,
  accepted_per_year: 1,
  unsure_counts_wrong: true,
};

test("the first version makes itself with the first closed cohort, from the pilot", async () => {
  const { projectId, ctx, produce, plans, evaluate } = await started(300);
  expect(await evaluate()).toEqual({ closed: 0, corrected: 0, fed: 0, opened: 0 });
  expect(await monitoringState(ctx)).toMatchObject({ state: "none", reason: "no_outputs" });
  await produce(1);
  expect(await monitoringState(ctx)).toMatchObject({ state: "none", reason: "no_cohort" });
  expect(await evaluate()).toEqual({ closed: 1, corrected: 0, fed: 1, opened: 0 });
  const [plan, ...more] = await plans();
  if (!plan) throw new Error("No plan was made.");
  expect(more).toEqual([]);
  expect(plan).toMatchObject({
    version: 1,
    attributes: ["device", "letter"],
    floor: null,
    reason: "automatic",
    firstSequence: 1,
    reviewsPerYear: (52 * 70) / 1.1,
  });
  expect(plan.threshold).toBeCloseTo((3 * 52 * 70) / 1.1 / 0.5, 8);
  expect(plan.threshold).toBe(
    planThreshold({ ...change, accepted_per_year: 0.5, attributes: plan.attributes }, plan.reviewsPerYear),
  );
  expect(plan.boundaries.every(({ pilotReviews }) => pilotReviews >= FEWEST_FOR_OWN_BOUNDARY)).toBe(true);
  const pilot = monitorPilotSchema.parse(plan.pilot);
  expect(pilot).toMatchObject({ mean: 0.9, n: 300, frozen_at: null });
  expect(plan.boundary).toBe(Math.min(pilot.low80, 0.89));
  // Devices have 150 labels each, letters 100 each; web has no wrong one.
  expect(plan.boundaries.map(({ value, pilotReviews }) => [value, pilotReviews])).toEqual([
    ["ios", 150],
    ["l0", 100],
    ["l1", 100],
    ["l2", 100],
    ["web", 150],
  ]);
  // At this accuracy 120 or more of 150 would be right in one case of ten.
  expect(plan.boundaries[0]?.boundary).toBeCloseTo(0.7518668934703, 10);
  expect(plan.boundaries[4]?.boundary).toBeCloseTo(0.1 ** (1 / 150), 10);
  expect(plan.run).toMatchObject({ fedSequence: 1 });
  const floorOf = (attribute: string, value: string) => readFloor(ctx, { attribute, value });
  expect(await floorOf("", "")).toEqual({ accuracy: plan.boundary, promised: false });
  expect(await floorOf("device", "web")).toEqual({ accuracy: 0.1 ** (1 / 150), promised: false });
  expect(await floorOf("device", "tv")).toEqual({ accuracy: plan.boundary, promised: false });
  expect(await floorOf("only", "one")).toBeNull();
  expect(await monitoringState(ctx)).toMatchObject({ state: "watching", cohorts: 1, fed: 1 });
  expect(await evaluate()).toEqual({ closed: 0, corrected: 0, fed: 0, opened: 0 });
  expect(await db.detectorCheckpoint.count({ where: { projectId } })).toBe(2);
});

test("with too small a pilot nothing is watched until somebody promises an accuracy or the pilot grows", async () => {
  const { ctx, produce, plans, evaluate, send, count } = await started(20);
  await produce(1);
  await evaluate();
  expect(await plans()).toEqual([]);
  expect(await readFloor(ctx, { attribute: "", value: "" })).toBeNull();
  expect(await monitoringState(ctx)).toMatchObject({ state: "none", reason: "no_boundary", cohorts: 1 });
  await expect(changeMonitorPlan(ctx, { ...change, floor: null })).rejects.toMatchObject({
    details: { reason: "no_boundary" },
  });
  await send(pilotOf(40).slice(20));
  await count();
  expect(await evaluate()).toMatchObject({ fed: 1 });
  expect(await plans()).toMatchObject([{ version: 1, boundaries: [] }]);
});

test("a change is a new version with detectors from zero; of two who change the same one the second is told", async () => {
  const { projectId, ctx, produce, plans, evaluate } = await started(0);
  await produce(1, false);
  await evaluate();
  const answers = await Promise.allSettled([changeMonitorPlan(ctx, change), changeMonitorPlan(ctx, change)]);
  expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = answers.find((each) => each.status === "rejected")?.reason;
  expect(refused).toBeInstanceOf(AppError);
  expect(refused).toMatchObject({ code: "CONFLICT", details: { reason: "monitor_changed" } });
  expect(await evaluate()).toMatchObject({ fed: 0 });
  expect(await monitoringState(ctx)).toMatchObject({ state: "waiting", fed: 0, cohorts: 1 });
  await produce(2, false);
  expect(await evaluate()).toMatchObject({ fed: 1 });
  await changeMonitorPlan(ctx, { ...change, base_version: 1, floor: 0.8, note: "Agreed with the board." });
  expect(await evaluate()).toMatchObject({ fed: 0 });
  await produce(3, false);
  expect(await evaluate()).toMatchObject({ fed: 1 });
  const [first, second] = await plans();
  // A promise is one for every segment, watched or not.
  expect(await readFloor(ctx, { attribute: "only", value: "one" })).toEqual({
    accuracy: 0.8,
    promised: true,
  });
  expect(first).toMatchObject({ firstSequence: 2, run: { fedSequence: 2 }, boundary: 0.9 });
  expect(second).toMatchObject({
    firstSequence: 3,
    run: { fedSequence: 3 },
    reason: "changed",
    note: "Agreed with the board.",
    createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : "",
  });
  expect(second?.boundary).toBeCloseTo(0.8, 12);
  const checkpoints = await db.detectorCheckpoint.findMany({
    where: { projectId, attribute: "" },
    orderBy: { sequence: "asc" },
  });
  const cohorts = await db.cohort.findMany({ where: { projectId }, orderBy: { sequence: "asc" } });
  expect(checkpoints.map(({ planId, sequence, observations }) => [planId, sequence, observations])).toEqual([
    [first?.id, 2, cohorts[1]?.labelled],
    [second?.id, 3, cohorts[2]?.labelled],
  ]);
  expect(await db.auditEvent.count({ where: { projectId, action: "monitor.change" } })).toBe(2);
});

test("freezing a baseline makes a new version, once, and not where a floor was promised", async () => {
  const { ctx, produce, plans, evaluate } = await started(100);
  await produce(1);
  await evaluate();
  await freezeBaseline(ctx, { note: "Two weeks." });
  await Promise.all([evaluate(), evaluate()]);
  await evaluate();
  const [, second, ...more] = await plans();
  expect(more).toEqual([]);
  expect(second).toMatchObject({ version: 2, reason: "baseline", note: "Two weeks.", firstSequence: 2 });
  expect(monitorPilotSchema.parse(second?.pilot).frozen_at).not.toBeNull();
  await changeMonitorPlan(ctx, { ...change, base_version: 2 });
  await freezeBaseline(ctx, {});
  await evaluate();
  expect(await plans()).toHaveLength(3);
});

test("evaluations that are due are enqueued, and where nothing is due that is noted; silence is stale", async () => {
  const { projectId, ctx, produce, evaluate } = await started(100);
  const waiting = async () => {
    const { rows } = await pool.query("SELECT 1 FROM graphile_worker._private_jobs WHERE key = $1", [
      `evaluate:${projectId}`,
    ]);
    return rows.length;
  };
  const forget = () =>
    pool.query("DELETE FROM graphile_worker._private_jobs WHERE key = $1", [`evaluate:${projectId}`]);
  await produce(1);
  expect(await waiting()).toBe(1);
  await forget();
  await evaluateDue(db);
  expect(await waiting()).toBe(1);
  await evaluate();
  await forget();
  await db.monitorRun.updateMany({
    where: { projectId },
    data: { evaluatedAt: new Date(Date.now() - 4 * 60_000) },
  });
  expect((await monitoringState(ctx)).state).toBe("stale");
  await evaluateDue(db);
  expect(await waiting()).toBe(0);
  const state = monitoringStateSchema.parse(await monitoringState(ctx));
  expect(state.state).toBe("watching");
  expect(Date.now() - Date.parse(state.evaluated_at ?? "")).toBeLessThan(60_000);
});

test("the oldest day that waits is named with the reviews that it needs", async () => {
  const { projectId, ctx, send, count } = await started(0);
  const instant = new Date(FIRST + DAY_MS);
  await send(Array.from({ length: 20 }, (_, at) => ({ externalId: `w${at}`, instant })));
  await closeEpochs(db, projectId, "RECORDED", new Date(FIRST + 2 * DAY_MS));
  await count();
  const [stratum] = await db.stratumEpoch.findMany({ where: { projectId } });
  const planned = await db.sample.count({
    where: { projectId, randomNumber: { lt: (stratum?.target ?? 0) / 20 } },
  });
  const needed = async () => (await monitoringState(ctx)).oldest_waiting;
  expect(await needed()).toEqual({ day: "2026-03-03", reviews: Math.ceil(planned * 0.95) });
  for (let left = Math.ceil(planned * 0.95); left > 0; left -= 1) {
    expect(await needed()).toEqual({ day: "2026-03-03", reviews: left });
    expect(await evaluateMonitors(db, projectId)).toMatchObject({ closed: 0 });
    await workQueue(db, projectId, 1, () => 1);
    await count();
  }
  expect(await evaluateMonitors(db, projectId)).toMatchObject({ closed: 1 });
  expect(await needed()).toBeNull();
});
