import { expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { contextFor, makeProject } from "@/lib/testing/make-project";
import { changeReviewSetting, readImageHosts, readReviewSetting } from "./review-setting";
import { changeReviewSettingSchema, isImageHost } from "./setting-schema";

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
    image_hosts: [],
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

test("nothing loads at first; hosts are kept once each, for their project alone", async () => {
  const [one, other] = [await makeProject(db), await makeProject(db)];
  const ctx = contextFor(db, one);
  expect(await readImageHosts(ctx)).toEqual([]);
  const change = changeReviewSettingSchema.parse({
    image_hosts: [" Images.Example.com", "images.example.com", "cdn.example.org"],
  });
  await changeReviewSetting(ctx, change);
  expect(await readImageHosts(ctx)).toEqual(["images.example.com", "cdn.example.org"]);
  expect(await readImageHosts(contextFor(db, other))).toEqual([]);
  await changeReviewSetting(ctx, { image_hosts: [] });
  expect(await readImageHosts(ctx)).toEqual([]);
});

test.each([
  "*",
  "*.example.com",
  "example",
  "localhost",
  "10.0.0.1",
  "[::1]",
  "example.com:8443",
  "https://example.com",
  "example.com/images",
  "user@example.com",
  "a b.example.com",
  "a.example.com; script-src *",
  "-a.example.com",
  "a..example.com",
  ".example.com",
  "example.com.",
  "bücher.example",
  `${"a".repeat(64)}.example.com`,
  "",
])("%j is no host", (host) => {
  expect(isImageHost(host)).toBe(false);
  expect(changeReviewSettingSchema.safeParse({ image_hosts: [host] }).success).toBe(false);
});

test("hosts as they stand in addresses", () => {
  for (const host of [
    "example.com",
    "images-2.eu.example.com",
    "xn--bcher-kva.example",
    "files.corp.internal",
  ])
    expect(isImageHost(host)).toBe(true);
  const many = Array.from({ length: 21 }, (_, at) => `i${at}.example.com`);
  expect(changeReviewSettingSchema.safeParse({ image_hosts: many }).success).toBe(false);
});
