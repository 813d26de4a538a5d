import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { newId } from "@/lib/core/id";
import { testDatabase } from "@/lib/testing/database";
import { makePerson } from "@/lib/testing/make-project";
import { makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { changeReviewer, pauseQueue } from "./change-reviewer";
import { claimNext } from "./claim-next";
import { nextItem } from "./claim-slot";
import { createOccasion } from "./create-occasion";
import { queueStatus } from "./queue-status";
import type { Skills } from "./reviewer-schema";
import { submitReview } from "./submit-review";

const { db } = await testDatabase();
const COUNTRIES = ["de", "at", "fr"];
const items = Array.from({ length: 6 }, (_, at) => ({
  input: { number: at },
  output: { label: "yes" },
  segments: { country: COUNTRIES[at % 3] ?? "", kind: at < 3 ? "card" : "loan" },
}));

const give = (queue: ReviewQueue, reviewer: number, skills: Skills) =>
  changeReviewer(queue.as(1 - reviewer), queue.reviewers[reviewer]?.id ?? "", { skills });

async function served(queue: ReviewQueue, reviewer: number): Promise<string[]> {
  const references: string[] = [];
  for (;;) {
    const item = await nextItem(queue.as(reviewer));
    if (!item) return references;
    references.push(item.reference);
    await submitReview(queue.as(reviewer), {
      slotId: item.slotId,
      leaseToken: item.leaseToken,
      submissionKey: randomUUID(),
      answerSchemaId: item.form.id,
      decision: { outcome: "ANSWERED", answer: { label: "yes" } },
    });
  }
}

test("people are given what is assigned to them, in the order of the queue; the rest is left to others", async () => {
  const queue = await makeReviewQueue(db, { items, reviewers: 2 });
  await give(queue, 0, { country: ["de", "at"], kind: ["loan"] });
  const order = await db.reviewSlot.findMany({
    where: { projectId: queue.project.id },
    orderBy: { id: "asc" },
  });
  expect(await queueStatus(queue.as(0))).toMatchObject({ left: 2 });
  expect(await served(queue, 0)).toEqual(["item-3", "item-4"]);
  expect(await queueStatus(queue.as(0))).toMatchObject({ left: 0, empty: { reason: "nothing_assigned" } });
  expect(await served(queue, 1)).toEqual(["item-0", "item-1", "item-2", "item-5"]);
  expect(await queueStatus(queue.as(0))).toMatchObject({ empty: { reason: "all_done" } });
  const after = await db.reviewSlot.findMany({
    where: { projectId: queue.project.id },
    orderBy: { id: "asc" },
  });
  expect(after.map((slot) => slot.orderKey)).toEqual(order.map((slot) => slot.orderKey));
});

test("an output without the attribute is given only to people without such a limit", async () => {
  const queue = await makeReviewQueue(db, { items: [{ input: 1, output: { label: "yes" } }], reviewers: 2 });
  await give(queue, 0, { country: ["de", ""] });
  expect(await nextItem(queue.as(0))).toBeNull();
  expect(await nextItem(queue.as(1))).not.toBeNull();
});

test("an item that measures somebody is not served outside of their limits, where it would tell what it is", async () => {
  const queue = await makeReviewQueue(db, { items, reviewers: 2 });
  const projectId = queue.project.id;
  const me = queue.reviewers[0]?.id ?? "";
  const fr = await db.output.findFirstOrThrow({ where: { projectId, externalId: "item-2" } });
  await db.$transaction(async (tx) => {
    const known = { truth: { label: "yes" }, expectedVerdict: "CORRECT" as const };
    const made = await createOccasion(tx, projectId, {
      outputId: fr.id,
      kind: "GOLD",
      createdBy: null,
      ...known,
    });
    const slot = { ...made, projectId, id: newId(), look: 1, orderKey: -1, assigneeId: me };
    await tx.reviewSlot.create({ data: slot });
  });
  await give(queue, 0, { country: ["de"] });
  expect(await served(queue, 0)).toEqual(["item-0", "item-3"]);
  await give(queue, 0, {});
  expect(await nextItem(queue.as(0))).toMatchObject({ reference: "item-2" });
});

test("who is paused is served nothing, keeps what is on the screen, and goes on where the queue is", async () => {
  const queue = await makeReviewQueue(db, { items, reviewers: 2 });
  const held = await nextItem(queue.as(0));
  const me = queue.reviewers[0]?.id ?? "";
  expect(await changeReviewer(queue.as(1), me, { paused: true, target_per_week: 40 })).toEqual({
    paused: true,
    target_per_week: 40,
    skills: {},
  });
  expect(await claimNext(queue.as(0))).toMatchObject({ item: null, queue: { empty: { reason: "paused" } } });
  if (!held) throw new Error("expected an item");
  const resumed = await claimNext(queue.as(0), { resume: held });
  expect(resumed.item?.reference).toBe("item-0");
  await submitReview(queue.as(0), {
    slotId: held.slotId,
    leaseToken: held.leaseToken,
    submissionKey: randomUUID(),
    answerSchemaId: held.form.id,
    decision: { outcome: "ANSWERED", answer: { label: "yes" } },
  });
  expect(await nextItem(queue.as(1))).toMatchObject({ reference: "item-1" });
  expect(await changeReviewer(queue.as(1), me, { paused: false })).toMatchObject({ target_per_week: 40 });
  expect(await nextItem(queue.as(0))).toMatchObject({ reference: "item-2" });
});

test("the whole queue can be paused; every step is in the audit log", async () => {
  const queue = await makeReviewQueue(db, { items, reviewers: 2 });
  await pauseQueue(queue.as(0), true);
  await pauseQueue(queue.as(0), true);
  for (const name of ["review", "adjudicate", "diagnostic"] as const)
    expect(await claimNext(queue.as(1), { queue: name })).toMatchObject({
      item: null,
      queue: { empty: { reason: "queue_paused" } },
    });
  await pauseQueue(queue.as(0), false);
  expect(await nextItem(queue.as(1))).not.toBeNull();
  await give(queue, 1, { country: ["de"] });
  const audit = await db.auditEvent.findMany({
    where: { projectId: queue.project.id },
    orderBy: { seq: "asc" },
  });
  expect(audit.map(({ action, details }) => [action, details]).slice(-3)).toEqual([
    ["queue.change", { paused: true }],
    ["queue.change", { paused: false }],
    ["reviewer.change", { skills: "country: de" }],
  ]);
});

test("only who reviews here has such a setting, and it goes with the membership", async () => {
  const queue = await makeReviewQueue(db, { items: [], reviewers: 1 });
  const viewer = await makePerson(db, { project: queue.project, role: "VIEWER" });
  await expect(changeReviewer(queue.as(0), viewer.id, { paused: true })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  const me = queue.reviewers[0]?.id ?? "";
  await changeReviewer(queue.as(0), me, { paused: true });
  await db.membership.delete({ where: { projectId_userId: { projectId: queue.project.id, userId: me } } });
  expect(await db.reviewerSetting.count({ where: { projectId: queue.project.id } })).toBe(0);
});

test("of many who take at once, each gets only what is assigned, and nothing is given twice", async () => {
  const many = Array.from({ length: 60 }, (_, at) => ({
    input: at,
    output: { label: "yes" },
    segments: { country: COUNTRIES[at % 3] ?? "" },
  }));
  const queue = await makeReviewQueue(db, { items: many, reviewers: 4 });
  for (const [reviewer, country] of COUNTRIES.entries())
    await changeReviewer(queue.as(3), queue.reviewers[reviewer]?.id ?? "", {
      skills: { country: [country] },
    });
  const lists = await Promise.all([0, 1, 2, 3].map((reviewer) => served(queue, reviewer)));
  expect(lists.flat()).toHaveLength(60);
  expect(new Set(lists.flat()).size).toBe(60);
  for (const [reviewer] of COUNTRIES.entries())
    expect(new Set(lists[reviewer]?.map((reference) => Number(reference.slice(5)) % 3))).toEqual(
      new Set([reviewer]),
    );
});
