import { expect, test } from "vitest";
import { refreshEstimate } from "@/lib/estimate/refresh-estimate";
import { changeMonitorPlan } from "@/lib/monitor/change-monitor-plan";
import { listMonitorVersions } from "@/lib/monitor/monitor-queries";
import { changePlan } from "@/lib/sampling/change-plan";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import { listPlans } from "@/lib/sampling/plan-queries";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { confirmPlan } from "./confirm-plan";
import { presentReach } from "./present-reach";
import { previewPlanner } from "./preview-planner";
import { type PlannerGoal, type PlannerPreview, plannerPreviewSchema } from "./schema";
import { startGoal } from "./start-goal";

const { db, pool } = await testDatabase();
const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 4, 4, 12);
const PER_DAY = 300;

/** 2,100 outputs a week, seven tenths of device a, three tenths of b but for two outputs a day of c; a pilot of which 95 % were right. */
async function planned(pilot = 800) {
  const sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 110, expectedPerDay: PER_DAY } });
  const manager = await makePerson(db, { project: sampled.project, role: "MANAGER" });
  const ctx = contextFor(db, sampled.project, actorFor(manager));
  const device = (at: number) => ({ device: at % PER_DAY < 2 ? "c" : at % 10 < 7 ? "a" : "b" });
  const send = (day: number) =>
    storeOutputs(
      { db, pool },
      sampled,
      Array.from({ length: PER_DAY }, (_, at) => ({
        externalId: `${day}-${at}`,
        instant: new Date(START + day * DAY_MS),
        segments: device(at),
      })),
    );
  if (pilot > 0) {
    await storeOutputs(
      { db, pool },
      sampled,
      Array.from({ length: pilot }, (_, at) => ({
        externalId: `pilot-${at}`,
        instant: new Date(START - 30 * DAY_MS),
        phase: "PILOT" as const,
        segments: device(at + 2),
        truthScore: at % 20 === 0 ? 0 : 1,
      })),
    );
  }
  for (let day = 0; day < 7; day += 1) await send(day);
  await refreshEstimate(db, sampled.project.id);
  return { ctx, send, projectId: sampled.project.id };
}

const goal: PlannerGoal = {
  drop: 0.1,
  weeks: 4,
  accepted_per_year: 0.5,
  attribute: "device",
  left_out: [],
  reviews_per_week: null,
};

async function previewOf(ctx: Parameters<typeof previewPlanner>[0], asked = goal): Promise<PlannerPreview> {
  return plannerPreviewSchema.parse(await previewPlanner(ctx, asked));
}

function confirmation(preview: PlannerPreview) {
  const { reviews_per_week, sampling_version, monitor_version } = preview;
  return { ...preview.goal, reviews_per_week, sampling_version, monitor_version };
}

test("what is confirmed is written, and the next epochs give each value what it needs", async () => {
  const { ctx, send, projectId } = await planned();
  const preview = await previewOf(ctx);
  expect(preview.needed).toBe(preview.reviews_per_week);
  expect(preview.rows.map(({ value, verdict }) => [value, verdict])).toEqual([
    ["a", "found"],
    ["b", "found"],
    ["c", "too_few_outputs"],
  ]);
  const before = await presentReach(ctx, 4);
  expect(before?.finds).toBe(preview.present_finds);
  const receipt = await confirmPlan(ctx, confirmation(preview));
  expect(receipt).toEqual({
    sampling_version: 2,
    monitor_version: null,
    reviews_per_week: preview.needed,
  });
  const [plan] = await listPlans(ctx);
  expect(plan).toMatchObject({ version: 2, reviews_per_week: preview.needed, attribute: "device" });
  expect(plan?.needs.map(({ value }) => value).sort()).toEqual(["a", "b"]);
  for (let day = 7; day < 14; day += 1) await send(day);
  await closeEpochs(db, projectId, "RECORDED", new Date(START + 30 * DAY_MS));
  const strata = await db.stratumEpoch.findMany({
    where: { projectId, epoch: { plan: { version: 2 } } },
    include: { stratum: true },
  });
  for (const need of plan?.needs ?? []) {
    const own = strata.filter(({ stratum }) => stratum.value === need.value);
    const perWeek = own.reduce((sum, { target }) => sum + target, 0);
    expect(perWeek).toBeGreaterThan(0.95 * need.reviews_per_week);
  }
  const after = await presentReach(ctx, 4);
  expect(after?.finds).toBeCloseTo(preview.overall.finds ?? 0, 2);
});

test("other false alarms and an attribute that was not watched change monitoring in the same breath", async () => {
  const { ctx } = await planned();
  const first = await changeMonitorPlan(ctx, {
    attributes: [],
    floor: null,
    tolerance: 0.02,
    accepted_per_year: 0.5,
    unsure_counts_wrong: true,
    base_version: 0,
  });
  const preview = await previewOf(ctx, { ...goal, accepted_per_year: 2 });
  expect(preview.monitor_reasons).toEqual(["accepted", "attribute"]);
  const receipt = await confirmPlan(ctx, confirmation(preview));
  expect(receipt).toMatchObject({ sampling_version: 2, monitor_version: first.version + 1 });
  const [watched] = await listMonitorVersions(ctx);
  expect(watched).toMatchObject({
    attributes: ["device"],
    tolerance: 0.02,
    accepted_per_year: 2,
    unsure_counts_wrong: true,
    reason: "changed",
    note: "By the planner",
  });
  // The threshold counts on the reviews of the plan that was written with it.
  expect(watched?.threshold).toBeCloseTo(preview.threshold, 6);
  const audit = await db.auditEvent.findMany({
    where: { projectId: ctx.project.id },
    orderBy: { action: "asc" },
  });
  expect(audit.map(({ action }) => action)).toEqual([
    "monitor.change",
    "monitor.change",
    "plan.change",
    "planner.confirm",
  ]);
});

test("many more reviews would raise false alarms, so the threshold follows", async () => {
  const { ctx } = await planned();
  const settings = { floor: null, tolerance: 0.01, accepted_per_year: 0.5, unsure_counts_wrong: false };
  await changeMonitorPlan(ctx, { ...settings, attributes: ["device"], base_version: 0 });
  const more = await previewOf(ctx, { ...goal, reviews_per_week: 400 });
  expect(more.monitor_reasons).toEqual(["reviews"]);
  const same = await previewOf(ctx, { ...goal, reviews_per_week: 115 });
  expect([same.monitor_reasons, same.monitor]).toEqual([[], null]);
});

test("both or neither: when one was changed meanwhile nothing is written", async () => {
  const { ctx, projectId } = await planned();
  const preview = await previewOf(ctx, { ...goal, accepted_per_year: 2 });
  const [plan] = await listPlans(ctx);
  if (!plan) throw new Error("The project has no plan.");
  const { version: _v, created_at: _at, created_by: _by, ...settings } = plan;
  await changePlan(ctx, { ...settings, reviews_per_week: 120, base_version: 1 });
  await expect(confirmPlan(ctx, confirmation(preview))).rejects.toMatchObject({ code: "CONFLICT" });
  const counts = async () => [
    await db.samplingPlan.count({ where: { projectId } }),
    await db.monitorPlan.count({ where: { projectId } }),
    await db.auditEvent.count({ where: { projectId, action: "planner.confirm" } }),
  ];
  expect(await counts()).toEqual([2, 0, 0]);
  // Two at once: the loser writes neither of its two versions.
  const fresh = confirmation(await previewOf(ctx, { ...goal, accepted_per_year: 2 }));
  const results = await Promise.allSettled([confirmPlan(ctx, fresh), confirmPlan(ctx, fresh)]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await counts()).toEqual([3, 1, 1]);
});

test("the same plan twice has nothing to write", async () => {
  const { ctx } = await planned();
  await confirmPlan(ctx, confirmation(await previewOf(ctx)));
  const again = await previewOf(ctx);
  expect([again.sampling, again.monitor]).toEqual([null, null]);
  await expect(confirmPlan(ctx, confirmation(again))).rejects.toMatchObject({
    code: "CONFLICT",
    details: { reason: "nothing_to_change" },
  });
});

test("fewer reviews than needed: the smallest drop that they find, a fraction of each need", async () => {
  const { ctx } = await planned();
  const wanted = await previewOf(ctx);
  const limited = await previewOf(ctx, { ...goal, reviews_per_week: Math.floor((wanted.needed ?? 0) / 3) });
  const fractions = limited.rows
    .filter(({ verdict }) => verdict === "too_few_reviews")
    .map((row) => row.reviews_per_week / (row.needed_per_week ?? 1));
  expect(fractions).toHaveLength(2);
  expect(fractions[0]).toBeLessThan(0.5);
  expect(fractions[1]).toBeCloseTo(fractions[0] ?? 0, 1);
  expect(limited.overall.finds ?? 1).toBeGreaterThan(wanted.overall.finds ?? 0);
  expect(limited.needed).toBe(wanted.needed);
});

test("a pilot of 100 labels supports no alarm at five points, and is said not to", async () => {
  const { ctx } = await planned(100);
  const preview = await previewOf(ctx, { ...goal, drop: 0.05, weeks: 4, attribute: null });
  expect(preview.support).toMatchObject({ labels: 100, too_small: true });
  expect(preview.needed).toBeNull();
  expect(preview.overall.detection?.in80).toBeGreaterThan(5000);
});

test("without pilot and promise there is nothing to plan against; with a promise there is", async () => {
  const { ctx } = await planned(0);
  expect(await startGoal(ctx)).toMatchObject({ drop: 0.05, weeks: 4, attribute: "device" });
  expect(await previewPlanner(ctx, goal)).toEqual({ no_boundary: true, fewest_pilot: 30 });
  expect(await presentReach(ctx, 4)).toBeNull();
  await expect(
    confirmPlan(ctx, { ...goal, reviews_per_week: 100, sampling_version: 1, monitor_version: 0 }),
  ).rejects.toMatchObject({ code: "CONFLICT", details: { reason: "no_boundary" } });
  await changeMonitorPlan(ctx, {
    attributes: [],
    floor: 0.9,
    tolerance: 0.01,
    accepted_per_year: 0.5,
    unsure_counts_wrong: false,
    base_version: 0,
  });
  const preview = await previewOf(ctx);
  expect([preview.promised, preview.overall.boundary, preview.overall.usual]).toEqual([
    true,
    expect.closeTo(0.9, 9),
    expect.closeTo(0.9, 9),
  ]);
});
