import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { newId } from "@/lib/core/id";
import type { Tx } from "@/lib/db/client";
import { sqlState } from "@/lib/db/sql-state";
import { refreshEstimate } from "@/lib/estimate/refresh-estimate";
import { eraseProject } from "@/lib/project/erase-project";
import { testDatabase } from "@/lib/testing/database";
import { makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { nextItem } from "./claim-slot";
import { createOccasion, type NewOccasion } from "./create-occasion";
import type { LeasedItem } from "./leased-item";
import { queueStatus } from "./queue-status";
import { revealOutput } from "./reveal-output";
import { submitReview } from "./submit-review";
import { undoReview } from "./undo-review";

const { db } = await testDatabase();
const items = [0, 1].map((number) => ({ input: { number }, output: { label: "yes" } }));

/** A re-serving with its slot at the head of the queue. */
async function serve(queue: ReviewQueue, occasion: Partial<NewOccasion>, assigneeId: string | null = null) {
  const projectId = queue.project.id;
  const output = await db.output.findFirstOrThrow({ where: { projectId, externalId: "item-1" } });
  return await db.$transaction(async (tx: Tx) => {
    const kind = occasion.kind ?? "GOLD";
    const known = kind === "GOLD" ? { truth: { label: "yes" }, expectedVerdict: "INCORRECT" as const } : {};
    const made = await createOccasion(tx, projectId, {
      ...known,
      outputId: output.id,
      kind,
      createdBy: null,
      ...occasion,
    });
    await tx.reviewSlot.create({
      data: { ...made, projectId, id: newId(), look: 1, orderKey: -1, assigneeId },
    });
    return made;
  });
}

function submission(item: LeasedItem, answer: string) {
  return {
    slotId: item.slotId,
    leaseToken: item.leaseToken,
    submissionKey: randomUUID(),
    answerSchemaId: item.form.id,
    decision: { outcome: "ANSWERED" as const, answer: { label: answer } },
  };
}

async function claimed(queue: ReviewQueue, reviewer: number): Promise<LeasedItem> {
  const item = await nextItem(queue.as(reviewer));
  if (!item) throw new Error("expected an item");
  return item;
}

async function measured(queue: ReviewQueue) {
  const where = { projectId: queue.project.id };
  await refreshEstimate(db, queue.project.id);
  return {
    samples: await db.sample.findMany({ where, orderBy: { outputId: "asc" } }),
    strata: await db.stratumEpoch.findMany({ where }),
  };
}

test("a re-serving shows what it was made with, is judged by it, and changes nothing that is measured", async () => {
  const queue = await makeReviewQueue(db, { items, reviewers: 2 });
  await submitReview(queue.as(0), submission(await claimed(queue, 0), "yes"));
  await submitReview(queue.as(0), submission(await claimed(queue, 0), "yes"));
  const before = await measured(queue);
  expect(before.strata).toMatchObject([{ candidates: 2, processed: 2 }]);
  await serve(queue, { shownOutput: { label: "no" }, seededField: "label" });
  const item = await claimed(queue, 1);
  expect(item).toMatchObject({ input: { number: 1 }, reference: "item-1", revealed: null });
  const revealed = await revealOutput(queue.as(1), {
    ...item,
    answerSchemaId: item.form.id,
    answer: { label: "yes" },
  });
  expect(revealed).toMatchObject({ output: { label: "no" }, verdict: "INCORRECT" });
  await submitReview(queue.as(1), { ...submission(item, "yes"), errorTags: ["misread"], severity: "major" });
  expect(await db.review.findFirst({ where: { projectId: queue.project.id, occasion: 1 } })).toMatchObject({
    verdict: "INCORRECT",
    revision: 1,
    primary: true,
    mode: "blind",
    errorTags: ["misread"],
    severity: "major",
  });
  expect(await measured(queue)).toEqual(before);
  const undone = await undoReview(queue.as(1), { submissionKey: randomUUID(), which: "last" });
  expect(undone).toMatchObject({ item: { slotId: item.slotId }, before: { severity: "major" } });
  expect(await measured(queue)).toEqual(before);
});

test("who judged a sample can be served it again, by an occasion of its own", async () => {
  const queue = await makeReviewQueue(db, { items, reviewers: 1 });
  await submitReview(queue.as(0), submission(await claimed(queue, 0), "yes"));
  await submitReview(queue.as(0), submission(await claimed(queue, 0), "yes"));
  expect(await nextItem(queue.as(0))).toBeNull();
  const me = queue.reviewers[0]?.id ?? "";
  await serve(queue, { kind: "REPEAT" }, me);
  const again = await claimed(queue, 0);
  expect(again).toMatchObject({ reference: "item-1", revealed: null });
  await submitReview(queue.as(0), submission(again, "no"));
  const reviews = await db.review.findMany({
    where: { projectId: queue.project.id, reviewerId: me },
    orderBy: { submittedAt: "asc" },
    select: { occasion: true, revision: true, verdict: true },
  });
  expect(reviews.slice(1)).toEqual([
    { occasion: 0, revision: 1, verdict: "CORRECT" },
    { occasion: 1, revision: 1, verdict: "INCORRECT" },
  ]);
});

test("what is meant for somebody else is neither served nor counted, and hand-picked outputs have a queue of their own", async () => {
  const queue = await makeReviewQueue(db, { items, reviewers: 2 });
  await serve(queue, {}, queue.reviewers[1]?.id);
  await serve(queue, { kind: "DIAGNOSTIC" });
  expect(await queueStatus(queue.as(0))).toMatchObject({ left: 2 });
  expect(await queueStatus(queue.as(1))).toMatchObject({ left: 3 });
  expect(await claimed(queue, 0)).toMatchObject({ reference: "item-0" });
  expect(await claimed(queue, 1)).toMatchObject({ reference: "item-1" });
  expect(await claimed(queue, 1)).toMatchObject({ reference: "item-1" });
  expect(await nextItem(queue.as(1))).toBeNull();
});

test("of many who make occasions of one output at once, each gets a number of its own", async () => {
  const queue = await makeReviewQueue(db, { items });
  const made = await Promise.all(Array.from({ length: 8 }, () => serve(queue, { kind: "DIAGNOSTIC" })));
  expect(made.map((each) => each.occasion).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test("an occasion can be retired and nothing else; it goes only with its project", async () => {
  const queue = await makeReviewQueue(db, { items });
  const made = await serve(queue, {}, queue.reviewers[0]?.id);
  const where = { projectId_outputId_occasion: { projectId: queue.project.id, ...made } };
  const item = await claimed(queue, 0);
  await db.reviewShown.create({
    data: {
      ...made,
      projectId: queue.project.id,
      reviewerId: queue.reviewers[0]?.id ?? "",
      slotId: item.slotId,
    },
  });
  await db.reviewOccasion.update({ where, data: { retiredAt: new Date() } });
  for (const change of [
    db.reviewOccasion.update({ where, data: { truth: { label: "no" } } }),
    db.reviewOccasion.delete({ where }),
    db.$executeRaw`UPDATE review_shown SET shown_at = now() WHERE project_id = ${queue.project.id}::uuid`,
    db.$executeRaw`DELETE FROM review_shown WHERE project_id = ${queue.project.id}::uuid`,
  ])
    expect(await change.then(() => "allowed", sqlState)).toBe("42501");
  await eraseProject(queue.as(0), queue.project.slug, queue.project.name);
  expect(await db.reviewOccasion.count({ where: { projectId: queue.project.id } })).toBe(0);
});
