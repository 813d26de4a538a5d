import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Ctx } from "@/lib/core/ctx";
import { dueKey, readDue } from "@/lib/estimate/due-reviews";
import { testDatabase } from "@/lib/testing/database";
import { makeReviewQueue, type QueueItem, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { changeReviewer } from "./change-reviewer";
import { nextItem } from "./claim-slot";
import { ownDigest } from "./digest-queries";
import type { LeasedItem } from "./leased-item";
import { makeDigests } from "./make-digests";
import { readHolds, readQueueFacts, readStranded } from "./queue-overview";
import { readQueuePeople } from "./queue-people";
import { readPlanProgress } from "./queue-plan";
import { queueStatus } from "./queue-status";
import { submitReview } from "./submit-review";
import { takeBackSlot } from "./take-back-slot";

const { db } = await testDatabase();
const items: QueueItem[] = Array.from({ length: 20 }, (_, at) => ({
  input: at,
  output: { label: "yes" },
  segments: { country: at % 5 === 4 ? "fr" : at % 2 === 0 ? "de" : "at" },
}));

/** Twenty samples, of which the plan counts on the first fifteen by their random numbers. */
async function makeQueue(reviewers: number): Promise<ReviewQueue> {
  const queue = await makeReviewQueue(db, { items, reviewers });
  const { project, epochId, stratumId } = queue;
  const where = { projectId_epochId_stratumId: { projectId: project.id, epochId, stratumId } };
  await db.stratumEpoch.update({ where, data: { target: 15.5, population: 2_000_003n } });
  const epoch = { projectId_id: { projectId: project.id, id: epochId } };
  await db.epoch.update({ where: epoch, data: { closedAt: new Date("2026-03-03T00:00:00Z") } });
  return queue;
}

async function submit(ctx: Ctx, item: LeasedItem) {
  return await submitReview(ctx, {
    slotId: item.slotId,
    leaseToken: item.leaseToken,
    submissionKey: randomUUID(),
    answerSchemaId: item.form.id,
    activeMs: 30_000,
    decision: { outcome: "ANSWERED", answer: { label: "yes" } },
  });
}

async function take(ctx: Ctx): Promise<LeasedItem> {
  const item = await nextItem(ctx);
  if (!item) throw new Error("expected an item");
  return item;
}

const at = (ctx: Ctx, instant: string): Ctx => ({ ...ctx, now: new Date(instant) });

test("what is due is what the plan counts on; the prefix ends at the first gap; half of its time makes it overdue", async () => {
  const queue = await makeQueue(2);
  const [one, two] = [queue.as(0), queue.as(1)];
  for (let i = 0; i < 4; i += 1) await submit(one, await take(one));
  const left = await take(two);
  for (let i = 0; i < 3; i += 1) await submit(one, await take(one));
  const early = at(one, "2026-03-05T12:00:00Z");
  expect(await readPlanProgress(early)).toEqual([
    {
      week: "2026-03-02",
      stratum: "",
      planned: 15,
      done: 7,
      prefix: 4,
      due: 8,
      overdue: 0,
      missed: 0,
      servedUntil: new Date("2026-03-17T00:00:00Z"),
    },
  ]);
  expect(await readQueueFacts(at(one, "2026-03-12T12:00:00Z"))).toMatchObject({
    due: 8,
    overdue: 8,
    open: 13,
    oldest: new Date("2026-03-03T00:00:00Z"),
    adjudications: 0,
    handPicked: 0,
    pausedAt: null,
  });
  // The chart's own count of what is due.
  const due = await readDue(db, queue.project.id, { period: "week", from: "2026-03-01", to: "2026-03-31" });
  expect(due.get(dueKey({ attribute: "", value: "" }, "2026-03-02"))).toBe(8);
  await submit(two, left);
  expect((await readPlanProgress(early))[0]).toMatchObject({ done: 8, prefix: 8, due: 7 });
});

test("what reviewers are told of the prefix moves every ten minutes, never with an item", async () => {
  const queue = await makeQueue(1);
  const ctx = queue.as(0);
  const then = new Date("2026-03-05T12:00:00Z");
  const prefixAt = async (instant: Date) => (await queueStatus({ ...ctx, now: instant })).prefix;
  for (let i = 0; i < 4; i += 1) await submit(ctx, await take(ctx));
  await db.sample.updateMany({
    where: { projectId: queue.project.id, state: "SETTLED" },
    data: { settledAt: new Date(then.getTime() + 61_000) },
  });
  const told = { planned: 15, since: "2026-03-02", until: "2026-03-02" };
  for (const minutes of [0, 2, 9.99])
    expect(await prefixAt(new Date(then.getTime() + minutes * 60_000))).toEqual({
      ...told,
      done: 0,
      at: then,
    });
  const later = new Date(then.getTime() + 600_000);
  expect(await prefixAt(later)).toEqual({ ...told, done: 4, at: later });
  expect((await queueStatus(ctx, "diagnostic")).prefix).toBeNull();
  // Managers see it as it is now.
  expect((await readPlanProgress({ ...ctx, now: then }))[0]).toMatchObject({ prefix: 4 });
});

test("of many samples what reviewers are told is read once in its ten minutes", async () => {
  const queue = await makeQueue(1);
  const projectId = queue.project.id;
  const then = new Date("2026-03-05T12:00:00Z");
  const prefixAt = async (minutes: number) =>
    (await queueStatus({ ...queue.as(0), now: new Date(then.getTime() + minutes * 60_000) })).prefix;
  const settle = () =>
    db.sample.updateMany({
      where: { projectId, state: "QUEUED" },
      data: { state: "SETTLED", verdict: "CORRECT", score: 1, settledAt: new Date("2026-03-05T11:00:00Z") },
    });
  await db.$executeRaw`
    INSERT INTO output SELECT (jsonb_populate_record(first, jsonb_build_object('id', gen_random_uuid(), 'external_id', 'more ' || n))).*
    FROM output first, generate_series(1, 1000) n WHERE project_id = ${projectId}::uuid AND external_id = 'item-0'`;
  await db.$executeRaw`
    INSERT INTO sample SELECT (jsonb_populate_record(sample, jsonb_build_object('output_id', output.id))).*
    FROM output JOIN sample USING (project_id, epoch_id, stratum_id, random_number)
    WHERE project_id = ${projectId}::uuid AND output.external_id LIKE 'more %'`;
  const told = await prefixAt(0);
  expect(told).toMatchObject({ done: 0, planned: 1_015 });
  await settle();
  expect(await prefixAt(9.99)).toEqual(told);
  expect(await prefixAt(10)).toMatchObject({ done: 1_015 });
});

test("holds are shown and can be ended; who sends all the same gives an extra opinion", async () => {
  const queue = await makeQueue(2);
  const item = await take(queue.as(0));
  expect(await readHolds(queue.as(1))).toMatchObject([
    { reference: "item-0", holder: "Reviewer 1", queue: "review", slotId: item.slotId },
  ]);
  await takeBackSlot(queue.as(1), item.slotId);
  await expect(takeBackSlot(queue.as(1), item.slotId)).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await readHolds(queue.as(1))).toEqual([]);
  const again = await take(queue.as(1));
  expect(again.slotId).toBe(item.slotId);
  expect(await submit(queue.as(0), item)).toMatchObject({ primary: false });
  expect(await submit(queue.as(1), again)).toMatchObject({ primary: true });
  const other = await makeReviewQueue(db, { items: [] });
  await expect(takeBackSlot(other.as(0), item.slotId)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("looks that nobody may take are named by what the limits are about", async () => {
  const queue = await makeQueue(2);
  const give = (reviewer: number, countries: string[]) =>
    changeReviewer(queue.as(0), queue.reviewers[reviewer]?.id ?? "", { skills: { country: countries } });
  expect(await readStranded(queue.as(0))).toEqual([]);
  await give(0, ["de"]);
  expect(await readStranded(queue.as(0))).toEqual([]);
  await give(1, ["at"]);
  expect(await readStranded(queue.as(0))).toEqual([{ segments: { country: "fr" }, slots: 4 }]);
  await changeReviewer(queue.as(0), queue.reviewers[1]?.id ?? "", { paused: true });
  expect(await readStranded(queue.as(0))).toEqual([
    { segments: { country: "at" }, slots: 8 },
    { segments: { country: "fr" }, slots: 4 },
  ]);
});

test("people see what waits for them, what they did and how far they are from their target", async () => {
  const queue = await makeQueue(2);
  const me = queue.reviewers[0]?.id ?? "";
  await changeReviewer(queue.as(1), me, { skills: { country: ["de"] }, target_per_week: 40 });
  await submit(queue.as(0), await take(queue.as(0)));
  await submit(queue.as(1), await take(queue.as(1)));
  const [first, second] = await readQueuePeople(queue.as(0));
  expect(first).toMatchObject({
    name: "Reviewer 1",
    role: "REVIEWER",
    targetPerWeek: 40,
    doneThisWeek: 1,
    activeSeconds: 30,
    secondsPerItem: 30,
    // Of the fifteen planned, six have the country de; one is done.
    due: 5,
  });
  expect(first?.daily).toHaveLength(29);
  expect(first?.daily.at(-1)).toBe(1);
  expect(second).toMatchObject({ name: "Reviewer 2", due: 13, skills: {} });
});

test("reminders are written once a day, for those who have something to do and are not paused", async () => {
  const queue = await makeQueue(3);
  await changeReviewer(queue.as(0), queue.reviewers[1]?.id ?? "", { paused: true });
  await changeReviewer(queue.as(0), queue.reviewers[2]?.id ?? "", { skills: { country: ["nowhere"] } });
  const morning = (hour: string) => at(queue.as(0), `2026-03-12T${hour}:30:00Z`);
  expect(await makeDigests(morning("05"))).toEqual({ made: 0 });
  const both = await Promise.all([makeDigests(morning("06")), makeDigests(morning("06"))]);
  expect(both.reduce((sum, each) => sum + each.made, 0)).toBe(1);
  expect(await makeDigests(morning("09"))).toEqual({ made: 0 });
  expect(await ownDigest(morning("12"))).toEqual({
    due: 15,
    overdue: 15,
    doneThisWeek: 0,
    targetPerWeek: null,
    secondsPerItem: null,
    adjudications: 0,
  });
  expect(await ownDigest(at(queue.as(1), "2026-03-12T12:00:00Z"))).toBeNull();
  expect(await ownDigest(at(queue.as(0), "2026-03-13T12:00:00Z"))).toBeNull();
  expect(await makeDigests(at(queue.as(0), "2026-03-13T07:00:00Z"))).toEqual({ made: 1 });
});
