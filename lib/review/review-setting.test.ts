import { expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { contextFor, makeProject } from "@/lib/testing/make-project";
import { changeReviewSetting, readReviewSetting } from "./review-setting";

const { db } = await testDatabase();

test("what is named changes and is written down; only a change of the arms begins the comparison anew", async () => {
  const project = await makeProject(db);
  const ctx = contextFor(db, project);
  const since = async () =>
    (await db.project.findUniqueOrThrow({ where: { id: project.id } })).reviewModeSince;
  expect(await readReviewSetting(ctx)).toEqual({
    review_mode: "BLIND_FIRST",
    blind_arm_share: 0.1,
    gold_share: 0.04,
    gold_views: 20,
    repeat_per_week: 3,
    repeat_after_days: 14,
  });
  expect(await changeReviewSetting(ctx, { gold_share: 0.1 })).toMatchObject({
    gold_share: 0.1,
    gold_views: 20,
  });
  expect(await since()).toBeNull();
  await changeReviewSetting(ctx, { review_mode: "OUTPUT_FIRST" });
  expect(await since()).toEqual(ctx.now);
  const later = { ...ctx, now: new Date(ctx.now.getTime() + 60_000) };
  await changeReviewSetting(later, { review_mode: "OUTPUT_FIRST", repeat_per_week: 0 });
  expect(await since()).toEqual(ctx.now);
  await changeReviewSetting(later, { blind_arm_share: 0.2 });
  expect(await since()).toEqual(later.now);
  const audit = await db.auditEvent.findMany({ where: { projectId: project.id }, orderBy: { seq: "asc" } });
  expect(audit.map((event) => [event.action, event.details])).toEqual([
    ["review-setting.change", { gold_share: 0.1 }],
    ["review-setting.change", { review_mode: "OUTPUT_FIRST" }],
    ["review-setting.change", { review_mode: "OUTPUT_FIRST", repeat_per_week: 0 }],
    ["review-setting.change", { blind_arm_share: 0.2 }],
  ]);
});

test("two changes at once are both kept", async () => {
  const project = await makeProject(db);
  const ctx = contextFor(db, project);
  await Promise.all([
    changeReviewSetting(ctx, { gold_share: 0.2 }),
    changeReviewSetting(ctx, { repeat_per_week: 7 }),
    changeReviewSetting(ctx, { gold_views: 5 }),
  ]);
  expect(await readReviewSetting(ctx)).toMatchObject({ gold_share: 0.2, repeat_per_week: 7, gold_views: 5 });
});
