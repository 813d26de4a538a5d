import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { newId } from "@/lib/core/id";
import { testDatabase } from "@/lib/testing/database";
import { makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { removePicked, restorePicked } from "./change-picked";
import { nextItem } from "./claim-slot";
import { listBatches, readBatch, waitingBatches } from "./picked-batches";
import { type Pick, pickOutputs } from "./pick-outputs";
import { queueStatus } from "./queue-status";
import { submitReview } from "./submit-review";
import { undoReview } from "./undo-review";

const { db } = await testDatabase();
const items = Array.from({ length: 4 }, (_, number) => ({ input: { number }, output: { label: "yes" } }));

let queue: ReviewQueue;
let ids: string[];

/** Four samples that are judged, so that nothing but what is picked waits. */
beforeEach(async () => {
  queue = await makeReviewQueue(db, { items, reviewers: 2 });
  const outputs = await db.output.findMany({
    where: { projectId: queue.project.id },
    orderBy: { externalId: "asc" },
  });
  ids = outputs.map((output) => output.id);
  for (let i = 0; i < ids.length; i += 1) await judge(0, "review", "yes");
});

async function judge(reviewer: number, name: "review" | "diagnostic", label: string) {
  const item = await nextItem(queue.as(reviewer), { queue: name });
  if (!item) throw new Error("expected an item");
  await submitReview(queue.as(reviewer), {
    slotId: item.slotId,
    leaseToken: item.leaseToken,
    submissionKey: randomUUID(),
    answerSchemaId: item.form.id,
    comment: "looked closer",
    errorTags: ["misread"],
    severity: "major",
    decision: { outcome: "ANSWERED", answer: { label } },
  });
  return item;
}

const pick = (outputIds: string[], over: Partial<Pick> = {}) =>
  pickOutputs(queue.as(0), {
    batchId: randomUUID(),
    note: "Is the currency right?",
    origin: "selection",
    outputIds,
    ...over,
  });

test("what is picked is served in its own queue, in the order of picking, and nowhere else", async () => {
  const [a = "", b = ""] = ids;
  expect(await pick([b, a, b])).toEqual({ picked: 2, alreadyWaiting: 0, notFound: 0 });
  expect(await nextItem(queue.as(1))).toBeNull();
  expect(await queueStatus(queue.as(1), "diagnostic")).toMatchObject({ left: 2, doneToday: 0, empty: null });
  const first = await judge(1, "diagnostic", "no");
  expect(first.reference).toBe("item-1");
  expect(await queueStatus(queue.as(1), "diagnostic")).toMatchObject({ left: 1, doneToday: 1 });
  expect(await queueStatus(queue.as(1), "review")).toMatchObject({ doneToday: 0 });
  expect(await queueStatus(queue.as(0), "review")).toMatchObject({ doneToday: 4 });
});

test("the same question twice, and the same output in two questions, is looked at once", async () => {
  const batchId = randomUUID();
  const [first, again] = await Promise.all([pick(ids, { batchId }), pick(ids, { batchId })]);
  expect([first.picked, again.picked]).toEqual([4, 4]);
  expect(await pick(ids)).toEqual({ picked: 0, alreadyWaiting: 4, notFound: 0 });
  expect(await db.reviewSlot.count({ where: { projectId: queue.project.id, occasion: { gt: 0 } } })).toBe(4);
  expect(await db.diagnosticBatch.count({ where: { projectId: queue.project.id } })).toBe(1);
  const both = await Promise.all([...Array(6)].map(() => pick([ids[0] ?? "", newId()])));
  expect(both.map((each) => each.notFound)).toEqual(Array(6).fill(1));
  await judge(1, "diagnostic", "no");
  expect(await pick([ids[0] ?? ""])).toMatchObject({ picked: 1 });
  const audits = await db.auditEvent.findMany({
    where: { projectId: queue.project.id, action: "diagnostic.pick" },
    orderBy: { seq: "asc" },
  });
  expect(audits.map((each) => each.details)).toEqual([
    { origin: "selection", picked: 4 },
    { origin: "selection", picked: 1 },
  ]);
});

test("of many who pick the same output at once, one picks it", async () => {
  const counts = await Promise.all(
    [...Array(8)].map((_, at) => pick(at % 2 === 0 ? ids : [...ids].reverse())),
  );
  expect(counts.reduce((sum, each) => sum + each.picked, 0)).toBe(4);
});

test("more than can be looked at is refused, and outputs of another project are not found", async () => {
  await expect(pick([...Array(501)].map(() => newId()))).rejects.toMatchObject({ code: "INVALID" });
  const other = await makeReviewQueue(db, { items: items.slice(0, 1) });
  const foreign = await db.output.findFirstOrThrow({ where: { projectId: other.project.id } });
  expect(await pick([foreign.id])).toEqual({ picked: 0, alreadyWaiting: 0, notFound: 1 });
  expect(await db.reviewOccasion.count({ where: { projectId: other.project.id } })).toBe(0);
});

test("what waits as a sample is looked at as such first", async () => {
  const fresh = await makeReviewQueue(db, { items: items.slice(0, 1), reviewers: 2 });
  const output = await db.output.findFirstOrThrow({ where: { projectId: fresh.project.id } });
  const batchId = randomUUID();
  await pickOutputs(fresh.as(0), { batchId, note: "look", origin: "output", outputIds: [output.id] });
  expect(await nextItem(fresh.as(0), { queue: "diagnostic" })).toBeNull();
  expect((await readBatch(fresh.as(0), batchId, true))?.items).toMatchObject([{ state: "sampled" }]);
  queue = fresh;
  await judge(1, "review", "yes");
  expect(await judge(0, "diagnostic", "no")).toMatchObject({ reference: "item-0" });
});

test("what was decided is taken back in the queue in which it was decided", async () => {
  await pick(ids.slice(0, 1));
  await judge(0, "diagnostic", "no");
  const undo = (queueName: "review" | "diagnostic") =>
    undoReview(queue.as(0), { submissionKey: randomUUID(), which: "last", queue: queueName });
  expect((await undo("review")).item?.reference).toBe("item-3");
  expect((await undo("diagnostic")).item?.reference).toBe("item-0");
  await expect(undo("diagnostic")).rejects.toMatchObject({ code: "GONE" });
});

test("what nobody judged can be taken off and put back; what somebody holds stays with them", async () => {
  const batchId = randomUUID();
  await pick(ids, { batchId });
  await judge(1, "diagnostic", "no");
  const held = await nextItem(queue.as(1), { queue: "diagnostic" });
  expect(await removePicked(queue.as(0), { batchId, outputIds: [ids[3] ?? ""] })).toBe(1);
  expect(await removePicked(queue.as(0), { batchId })).toBe(1);
  expect((await readBatch(queue.as(0), batchId, true))?.items.map((each) => each.state)).toEqual([
    "judged",
    "held",
    "removed",
    "removed",
  ]);
  expect(await nextItem(queue.as(0), { queue: "diagnostic" })).toBeNull();
  // Picked again meanwhile: putting it back would serve it twice.
  expect(await pick([ids[3] ?? ""])).toMatchObject({ picked: 1 });
  expect(await restorePicked(queue.as(0), { batchId })).toBe(1);
  expect(await restorePicked(queue.as(0), { batchId })).toBe(0);
  expect(held?.reference).toBe("item-1");
  await expect(removePicked(queue.as(0), { batchId: randomUUID() })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("what was found is listed: verdict, tags, severity and comment of what stands now", async () => {
  const batchId = randomUUID();
  await pick(ids.slice(0, 3), { batchId });
  await judge(1, "diagnostic", "no");
  await judge(1, "diagnostic", "yes");
  expect((await listBatches(queue.as(0), 1)).batches).toMatchObject([
    {
      note: "Is the currency right?",
      askedBy: "Reviewer 1",
      picked: 3,
      waiting: 1,
      wrong: 1,
      right: 1,
      unsure: 0,
    },
  ]);
  expect((await waitingBatches(queue.as(0))).map((each) => each.id)).toEqual([batchId]);
  const seen = await readBatch(queue.as(0), batchId, true);
  expect(seen?.items[0]).toMatchObject({
    reference: "item-0",
    reviewer: "Reviewer 2",
    verdict: "INCORRECT",
    errorTags: ["misread"],
    severity: "major",
    comment: "looked closer",
    preview: '{"label": "yes"}',
  });
  const hidden = await readBatch(queue.as(0), batchId, false);
  expect(hidden?.items.flatMap(({ comment, preview }) => [comment, preview])).toEqual(Array(6).fill(null));
  await undoReview(queue.as(1), { submissionKey: randomUUID(), which: "last" });
  expect((await listBatches(queue.as(0), 1)).batches).toMatchObject([{ waiting: 2, wrong: 1, right: 0 }]);
  const other = await makeReviewQueue(db, { items: [] });
  expect(await readBatch(other.as(0), batchId, true)).toBeNull();
});
