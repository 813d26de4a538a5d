import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import { makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { settleByTruth } from "@/lib/testing/settle-by-truth";
import { nextItem } from "./claim-slot";
import { makeGold } from "./make-gold";
import { planProbes } from "./plan-probes";
import { retireGold } from "./retire-gold";
import { submitReview } from "./submit-review";

const { db } = await testDatabase();
const DAY_MS = 86_400_000;
/** A Wednesday: places are drawn by the week, and so are the same in every run. */
const NOW = new Date("2026-03-04T12:00:00Z");

/** A queue of which the last outputs are known items, half of them with an error. */
async function queueWithGold(setting: {
  items: number;
  gold: number;
  reviewers: number;
  share: number;
  views?: number;
}) {
  const { items: count, gold, reviewers, share, views = 20 } = setting;
  const items = Array.from({ length: count + gold }, (_, at) => ({
    input: { at },
    output: { label: "yes" },
  }));
  const queue = await makeReviewQueue(db, { items, reviewers });
  await db.project.update({
    where: { id: queue.project.id },
    data: { goldShare: share, goldViews: views, repeatPerWeek: 0 },
  });
  const truths = new Map(items.slice(count).map((_, at) => [`item-${count + at}`, { label: "yes" }]));
  const ids = await settleByTruth(db, queue, truths);
  const ctx = contextFor(db, queue.project);
  const { made } = await makeGold(
    ctx,
    ids.map((outputId, at) => ({ outputId, seeded: at % 2 === 0 })),
  );
  expect(made).toHaveLength(gold);
  return { queue, ctx };
}

/** Reviews one item; says whether it was a re-serving. Null when there was nothing. */
async function review(queue: ReviewQueue, reviewer: number, submittedAt = NOW) {
  const item = await nextItem(queue.as(reviewer));
  if (!item) return null;
  await submitReview(queue.as(reviewer), {
    slotId: item.slotId,
    leaseToken: item.leaseToken,
    submissionKey: randomUUID(),
    answerSchemaId: item.form.id,
    submittedAt,
    decision: { outcome: "ANSWERED", answer: { label: "yes" } },
  });
  return await db.reviewSlot.findFirstOrThrow({ where: { id: item.slotId } });
}

test("each reviewer gets the share that is set, never an output twice, and the samples keep their order", async () => {
  const { queue, ctx } = await queueWithGold({ items: 330, gold: 60, reviewers: 3, share: 0.2 });
  const order: number[] = [];
  const seen: string[][] = [[], [], []];
  for (let round = 0; round < 100; round += 1) {
    for (const reviewer of [0, 1, 2]) {
      const slot = await review(queue, reviewer);
      if (!slot) throw new Error("the queue is too short");
      if (slot.occasion === 0) order.push(slot.orderKey);
      else seen[reviewer]?.push(slot.outputId);
    }
    if (round % 5 === 0) await planProbes(ctx, NOW);
  }
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  for (const outputs of seen) {
    expect(new Set(outputs).size).toBe(outputs.length);
    // 100 draws of 0.2, and the few that are late: seven to thirty-four of 999 in 1,000 people.
    expect(outputs.length).toBeGreaterThanOrEqual(7);
    expect(outputs.length).toBeLessThanOrEqual(34);
  }
  const shown = await db.review.findMany({ where: { projectId: queue.project.id, occasion: { gt: 0 } } });
  expect(
    shown.some((each) => each.verdict === "INCORRECT") && shown.some((each) => each.verdict === "CORRECT"),
  ).toBe(true);
  process.stdout.write(
    `known items among 100 of each person: ${seen.map((outputs) => outputs.length).join(", ")}\n`,
  );
});

test("planners at the same time make nothing twice", async () => {
  const { queue, ctx } = await queueWithGold({ items: 60, gold: 12, reviewers: 2, share: 0.5 });
  for (const reviewer of [0, 1]) await review(queue, reviewer);
  await Promise.all(Array.from({ length: 6 }, () => planProbes(ctx, NOW)));
  const open = await db.reviewSlot.findMany({ where: { projectId: queue.project.id, occasion: { gt: 0 } } });
  expect(open).toHaveLength(6);
  for (const reviewer of queue.reviewers) {
    const mine = open.filter((slot) => slot.assigneeId === reviewer.id);
    expect(mine).toHaveLength(3);
    expect(new Set(mine.map((slot) => slot.outputId)).size).toBe(3);
  }
  expect(await planProbes(ctx, NOW)).toMatchObject({ made: 0, open: 6 });
});

test("nothing waits for who does not review, at the end of the queue, or once it is retired", async () => {
  const { queue, ctx } = await queueWithGold({ items: 30, gold: 12, reviewers: 2, share: 0.5 });
  const openFor = (reviewer: number) =>
    db.reviewSlot.count({
      where: {
        projectId: queue.project.id,
        occasion: { gt: 0 },
        state: "OPEN",
        assigneeId: queue.reviewers[reviewer]?.id ?? "",
      },
    });
  expect(await planProbes(ctx, NOW)).toEqual({ people: 0, made: 0, open: 0 });
  await review(queue, 0);
  await planProbes(ctx, NOW);
  expect([await openFor(0), await openFor(1)]).toEqual([3, 0]);

  await planProbes(ctx, new Date(NOW.getTime() + 15 * DAY_MS));
  expect(await openFor(0)).toBe(0);
  await planProbes(ctx, NOW);
  expect(await openFor(0)).toBe(3);

  const slot = await db.reviewSlot.findFirstOrThrow({
    where: { projectId: queue.project.id, occasion: { gt: 0 }, state: "OPEN" },
  });
  await retireGold(ctx, { outputId: slot.outputId, occasion: slot.occasion, mistaken: false });
  expect(await openFor(0)).toBe(2);

  await db.reviewSlot.updateMany({
    where: { projectId: queue.project.id, occasion: 0, state: "OPEN" },
    data: { state: "WITHDRAWN" },
  });
  await planProbes(ctx, NOW);
  expect(await openFor(0)).toBe(0);
  expect(await nextItem(queue.as(0))).toBeNull();
});

test("who made a known item, or met its output, is not served it; after enough views it is retired", async () => {
  const { queue, ctx } = await queueWithGold({ items: 60, gold: 2, reviewers: 3, share: 0.5, views: 2 });
  for (const reviewer of [0, 1, 2]) await review(queue, reviewer);
  await planProbes(ctx, NOW);
  const slots = await db.reviewSlot.findMany({ where: { projectId: queue.project.id, occasion: { gt: 0 } } });
  expect(slots).toHaveLength(4);
  const outputs = [...new Set(slots.map((slot) => slot.outputId))];
  expect(outputs.map((id) => slots.filter((slot) => slot.outputId === id).length)).toEqual([2, 2]);
  await db.reviewSlot.updateMany({
    where: { id: { in: slots.map((slot) => slot.id) } },
    data: { state: "DONE" },
  });
  await planProbes(ctx, NOW);
  expect(await db.reviewOccasion.count({ where: { projectId: queue.project.id, retiredAt: null } })).toBe(0);

  const own = await queueWithGold({ items: 30, gold: 0, reviewers: 1, share: 0.5 });
  const truths = await settleByTruth(db, own.queue, new Map([["item-5", { label: "yes" }]]));
  await makeGold(
    own.queue.as(0),
    truths.map((outputId) => ({ outputId, seeded: false })),
  );
  await review(own.queue, 0);
  expect(await planProbes(own.ctx, NOW)).toEqual({ people: 1, made: 0, open: 0 });
});

test("own old items come back a few a week, at least so old as set, each once", async () => {
  const items = Array.from({ length: 200 }, (_, at) => ({ input: { at }, output: { label: "yes" } }));
  const queue = await makeReviewQueue(db, { items, reviewers: 2 });
  await db.project.update({
    where: { id: queue.project.id },
    data: { goldShare: 0, repeatPerWeek: 3, repeatAfterDays: 14 },
  });
  const ctx = contextFor(db, queue.project);
  const old = new Set<string>();
  for (let at = 0; at < 20; at += 1) {
    const slot = await review(queue, 0, new Date(NOW.getTime() - 20 * DAY_MS));
    if (slot) old.add(slot.outputId);
  }
  for (let at = 0; at < 20; at += 1) await review(queue, 1, new Date(NOW.getTime() - 13 * DAY_MS));
  const served: string[] = [];
  for (let at = 0; at < 60; at += 1) {
    const slot = await review(queue, 0);
    if (slot && slot.occasion > 0) served.push(slot.outputId);
    await review(queue, 1);
    if (at % 3 === 0) await planProbes(ctx, NOW);
  }
  expect(served).toHaveLength(3);
  expect(new Set(served).size).toBe(3);
  for (const outputId of served) expect(old.has(outputId)).toBe(true);
  expect(await db.reviewOccasion.count({ where: { projectId: queue.project.id, kind: "REPEAT" } })).toBe(3);
});
