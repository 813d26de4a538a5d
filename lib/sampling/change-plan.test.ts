import { expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { changePlan } from "./change-plan";
import { closeEpochs } from "./close-epoch";
import { listAttributes, listPlans } from "./plan-queries";
import { previewPlan } from "./preview-plan";
import { changePlanSchema, type PlanSettings, planPreviewSchema } from "./schema";

const { db, pool } = await testDatabase();
const DAY_MS = 86_400_000;

const settings: PlanSettings = {
  reviews_per_week: 140,
  attribute: null,
  floor_per_epoch: 2,
  flagged_factor: 3,
  rate_ratio_cap: 10,
  double_review_share: 0,
  expected_per_day: 100,
  maturity_days: 14,
  needs: [],
};

async function managed(clock: "LIVE" | "RECORDED" = "RECORDED") {
  const sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 700, expectedPerDay: 100 } });
  const manager = await makePerson(db, { project: sampled.project, role: "MANAGER" });
  const ctx = contextFor(db, sampled.project, actorFor(manager));
  const send = (day: Date, outputs: number, prefix: string) =>
    storeOutputs(
      { db, pool },
      sampled,
      Array.from({ length: outputs }, (_, at) => ({
        externalId: `${prefix}${at}`,
        instant: day,
        segments: at % 10 === 9 ? {} : { device: at % 10 === 0 ? "rare" : "usual" },
        flagged: at % 20 === 1,
      })),
      clock,
    );
  return { ctx, send, projectId: sampled.project.id, manager };
}

test("a change is a new version; of two people who change the same one the second is told", async () => {
  const { ctx, projectId, manager } = await managed();
  const change = changePlanSchema.parse({ ...settings, base_version: 1 });
  const results = await Promise.allSettled([changePlan(ctx, change), changePlan(ctx, change)]);
  expect(results.map((each) => each.status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(changePlan(ctx, change)).rejects.toMatchObject({ code: "CONFLICT" });
  const versions = await listPlans(ctx);
  expect(versions.map((each) => [each.version, each.reviews_per_week, each.created_by])).toEqual([
    [2, 140, manager.name],
    [1, 700, null],
  ]);
  expect(await db.auditEvent.count({ where: { projectId, action: "plan.change" } })).toBe(1);
});

test("live traffic follows a new plan at once, and the rates of what came before stay", async () => {
  const { ctx, send, projectId } = await managed("LIVE");
  const now = new Date();
  await send(now, 60, "before");
  await changePlan({ ...ctx, now: new Date() }, { ...settings, reviews_per_week: 7, base_version: 1 });
  await new Promise((resolve) => setTimeout(resolve, 5));
  await send(new Date(), 60, "after");
  const epochs = await db.epoch.findMany({
    where: { projectId },
    orderBy: { startsAt: "asc" },
    include: { plan: true, strata: { include: { _count: { select: { outputs: true } } } } },
  });
  const outputs = epochs.map((epoch) => epoch.strata.reduce((sum, { _count }) => sum + _count.outputs, 0));
  expect(epochs.map((epoch) => epoch.plan.version)).toEqual([1, 2]);
  expect(outputs).toEqual([60, 60]);
  expect(epochs[0]?.endsAt).toEqual(epochs[1]?.startsAt);
  const [first, second] = epochs.map((epoch) => Math.max(...epoch.strata.map(({ rate }) => rate)));
  expect(first ?? 0).toBeGreaterThan(10 * (second ?? 1));
  expect(await closeEpochs(db, projectId, "LIVE", new Date(Date.now() + 2 * DAY_MS))).toBe(2);
});

test("the preview says what the next epoch then does", async () => {
  const { ctx, send, projectId } = await managed();
  const start = Date.UTC(2026, 4, 4, 12);
  for (let day = 0; day < 14; day += 1) await send(new Date(start + day * DAY_MS), 100, `${day}-`);
  const wanted = { ...settings, attribute: "device", floor_per_epoch: 4 };
  const preview = planPreviewSchema.parse(await previewPlan(ctx, wanted));
  expect(preview.days).toBe(14);
  expect(preview.overall.outputs_per_week).toBeCloseTo(700, 9);
  expect(preview.overall.reviews_per_week).toBeCloseTo(140, 6);
  expect(preview.rows.map((row) => [row.value, Math.round(row.outputs_per_week)])).toEqual([
    ["usual", 560],
    ["", 70],
    ["rare", 70],
  ]);
  // Four floors of four a day are cut to half of the budget of 20 a day: 2.5 a day each.
  expect(preview.rows.find((row) => row.value === "rare")?.reviews_per_week).toBeCloseTo(17.5, 6);
  expect(preview.overall.flagged_reviews_per_week / preview.overall.flagged_outputs_per_week).toBeGreaterThan(
    1.5 * (preview.overall.reviews_per_week / preview.overall.outputs_per_week),
  );
  await changePlan(ctx, { ...wanted, base_version: 1 });
  for (let day = 14; day < 17; day += 1) await send(new Date(start + day * DAY_MS), 100, `${day}-`);
  await closeEpochs(db, projectId, "RECORDED", new Date(start + 30 * DAY_MS));
  const last = await db.epoch.findFirstOrThrow({
    where: { projectId },
    orderBy: { startsAt: "desc" },
    include: { strata: { include: { stratum: true } } },
  });
  const planned = (value: string) =>
    last.strata
      .filter(({ stratum }) => stratum.value === value)
      .reduce((sum, { target }) => sum + target, 0) * 7;
  for (const row of preview.rows) {
    expect(Math.abs(planned(row.value) - row.reviews_per_week)).toBeLessThan(0.1 * row.reviews_per_week + 1);
  }
});

test("without traffic the preview rests on what is expected, and too few outputs are said", async () => {
  const { ctx, send } = await managed();
  const none = await previewPlan(ctx, { ...settings, expected_per_day: 10 });
  expect([none.days, none.overall.outputs_per_week, none.unused_per_week]).toEqual([0, 70, 70]);
  await send(new Date(Date.UTC(2026, 4, 4, 12)), 5, "few");
  const few = await previewPlan(ctx, settings);
  expect(few.days).toBe(1);
  expect(few.overall.reviews_per_week).toBeLessThanOrEqual(35);
  expect(few.unused_per_week).toBeGreaterThan(100);
  expect(await listAttributes(ctx)).toEqual([{ attribute: "device", values: 2 }]);
});

test("what a value needs is kept with the plan, and the next epoch gives it", async () => {
  const { ctx, send, projectId } = await managed();
  const start = Date.UTC(2026, 4, 4, 12);
  for (let day = 0; day < 14; day += 1) await send(new Date(start + day * DAY_MS), 100, `${day}-`);
  const needs = [{ value: "rare", reviews_per_week: 42 }];
  const wanted = { ...settings, attribute: "device", floor_per_epoch: 0, needs };
  const preview = await previewPlan(ctx, wanted);
  expect(preview.overall.reviews_per_week).toBeCloseTo(140, 6);
  expect(preview.rows.find(({ value }) => value === "rare")?.reviews_per_week).toBeCloseTo(42, 6);
  await changePlan(ctx, { ...wanted, base_version: 1 });
  for (let day = 14; day < 17; day += 1) await send(new Date(start + day * DAY_MS), 100, `${day}-`);
  await closeEpochs(db, projectId, "RECORDED", new Date(start + 30 * DAY_MS));
  const planned = await db.stratumEpoch.findMany({
    where: { projectId, epoch: { plan: { version: 2 } }, stratum: { value: "rare" } },
  });
  const perDay = planned.reduce((sum, { target }) => sum + target, 0) / 3;
  expect(Math.abs(perDay - 6)).toBeLessThan(0.6);
  await changePlan(ctx, { ...wanted, attribute: null, base_version: 2 });
  expect((await listPlans(ctx)).map((plan) => plan.needs)).toEqual([[], needs, []]);
});
