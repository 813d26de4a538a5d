import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { newId } from "@/lib/core/id";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import { makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { settleByTruth } from "@/lib/testing/settle-by-truth";
import { anchoring, keptAnchoring } from "./anchoring";
import { nextItem } from "./claim-slot";
import { createOccasion } from "./create-occasion";
import { goldScores, ownGoldScore } from "./gold-scores";
import type { LeasedItem } from "./leased-item";
import { makeGold } from "./make-gold";
import { repeatScores } from "./repeat-scores";
import { retireGold } from "./retire-gold";
import { submitReview } from "./submit-review";
import { undoReview } from "./undo-review";

const { db } = await testDatabase();
const DAY_MS = 86_400_000;

/** A label, or "cannot". */
type Says = string;

async function decide(
  queue: ReviewQueue,
  reviewer: number,
  says: (item: LeasedItem) => Says,
  submittedAt?: Date,
) {
  const item = await nextItem(queue.as(reviewer));
  if (!item) throw new Error("expected an item");
  await submit(queue, reviewer, item, says(item), submittedAt);
}

async function submit(
  queue: ReviewQueue,
  reviewer: number,
  item: LeasedItem,
  label: Says,
  submittedAt?: Date,
) {
  await submitReview(queue.as(reviewer), {
    slotId: item.slotId,
    leaseToken: item.leaseToken,
    submissionKey: randomUUID(),
    answerSchemaId: item.form.id,
    ...(submittedAt ? { submittedAt } : {}),
    decision:
      label === "cannot"
        ? { outcome: "CANNOT_JUDGE", reason: "cannot tell" }
        : { outcome: "ANSWERED", answer: { label } },
  });
}

/** The looks that a planner would make, at the head of the queue. */
async function serve(
  queue: ReviewQueue,
  reviewer: number,
  occasions: readonly { outputId: string; occasion: number }[],
) {
  for (const [at, { outputId, occasion }] of occasions.entries())
    await db.reviewSlot.create({
      data: {
        outputId,
        occasion,
        projectId: queue.project.id,
        id: newId(),
        look: reviewer + 1,
        orderKey: -1 + at / 1_000,
        assigneeId: queue.reviewers[reviewer]?.id ?? "",
      },
    });
}

async function goldQueue(count: number, reviewers: number) {
  const items = Array.from({ length: count }, (_, at) => ({ input: { at }, output: { label: "yes" } }));
  const queue = await makeReviewQueue(db, { items, reviewers });
  const ids = await settleByTruth(db, queue, new Map(items.map((_, at) => [`item-${at}`, { label: "yes" }])));
  const ctx = contextFor(db, queue.project);
  const { made } = await makeGold(
    ctx,
    ids.map((outputId, at) => ({ outputId, seeded: at % 2 === 0 })),
  );
  return { queue, ctx, made };
}

test("known items score who judged them, by the newest revision; mistaken ones count for nobody", async () => {
  const { queue, ctx, made } = await goldQueue(24, 2);
  expect(await goldScores(ctx)).toEqual([]);
  for (const reviewer of [0, 1]) await serve(queue, reviewer, made);
  const seeded = new Set(made.filter((each) => each.seededField).map((each) => each.outputId));
  // The first judges by the truth; the second agrees with whatever is shown.
  for (let at = 0; at < 24; at += 1) {
    await decide(queue, 0, () => "yes");
    const slot = await db.reviewSlot.findFirst({
      where: { projectId: queue.project.id, look: 2, state: "OPEN" },
      orderBy: { orderKey: "asc" },
    });
    await decide(queue, 1, () => (at === 23 ? "cannot" : seeded.has(slot?.outputId ?? "") ? "no" : "yes"));
  }
  const back = await undoReview(queue.as(0), { which: "last", submissionKey: randomUUID() });
  if (!back.item) throw new Error("expected the item back");
  await submit(queue, 0, back.item, "no");
  const lastSeeded = seeded.has(made.at(-1)?.outputId ?? "");
  const [first, second] = await goldScores(ctx);
  expect(first).toMatchObject({
    name: "Reviewer 1",
    counts: {
      wrong: 12,
      right: 12,
      wrongCalledWrong: lastSeeded ? 11 : 12,
      rightCalledRight: lastSeeded ? 12 : 11,
    },
    cannotJudge: 0,
  });
  expect(first?.accuracy).toMatchObject({ n: 24, tooFew: false });
  expect(second).toMatchObject({ counts: { wrongCalledWrong: 0 }, cannotJudge: 1 });
  expect(second?.accuracy?.sensitivity).toMatchObject({ mean: 0, low: 0 });
  expect(second?.accuracy?.specificity).toMatchObject({ mean: 1, high: 1 });

  const mistaken = made[0];
  if (!mistaken) throw new Error("expected a known item");
  await retireGold(ctx, { ...mistaken, mistaken: true });
  expect((await goldScores(ctx))[0]?.accuracy?.n).toBe(23);
  const tomorrow = new Date(Date.now() + DAY_MS).toISOString().slice(0, 10);
  expect(await goldScores(ctx, { from: tomorrow, to: tomorrow })).toEqual([]);
});

test("reviewers are told their score only up to the end of last week, and only when it rests on enough", async () => {
  const { queue, made } = await goldQueue(12, 1);
  await serve(queue, 0, made);
  for (let at = 0; at < 9; at += 1) await decide(queue, 0, () => "yes", new Date(Date.now() - 8 * DAY_MS));
  expect(await ownGoldScore(queue.as(0))).toBeNull();
  await decide(queue, 0, () => "no", new Date(Date.now() - 8 * DAY_MS));
  const told = await ownGoldScore(queue.as(0));
  expect(told).toEqual({ n: 10, asExpected: 9 });
  await decide(queue, 0, () => "no");
  expect(await ownGoldScore(queue.as(0))).toEqual(told);
});

test("own old items are compared with the first answer", async () => {
  const items = [0, 1, 2, 3].map((at) => ({ input: { at }, output: { label: "yes" } }));
  const queue = await makeReviewQueue(db, { items, reviewers: 2 });
  const ctx = contextFor(db, queue.project);
  for (const label of ["yes", "yes", "no", "yes"]) await decide(queue, 0, () => label);
  const outputs = await db.output.findMany({
    where: { projectId: queue.project.id },
    orderBy: { externalId: "asc" },
  });
  const occasions = [];
  for (const output of outputs)
    occasions.push(
      await db.$transaction((tx) =>
        createOccasion(tx, queue.project.id, { outputId: output.id, kind: "REPEAT", createdBy: null }),
      ),
    );
  await serve(queue, 0, occasions);
  expect(await repeatScores(ctx)).toEqual([]);
  for (const label of ["yes", "no", "no", "cannot"]) await decide(queue, 0, () => label);
  const [score] = await repeatScores(ctx);
  expect(score).toMatchObject({ name: "Reviewer 1", n: 3, sameVerdict: 2, sameAnswer: 2, cannotJudge: 1 });
  expect(score?.share.mean).toBeCloseTo(2 / 3);
  expect(score?.share.low).toBeGreaterThan(0);
});

test("who agrees with whatever they see first is found out by the blind arm", async () => {
  const items = Array.from({ length: 160 }, (_, at) => ({
    input: { at },
    output: { label: at % 4 === 0 ? "no" : "yes" },
  }));
  const queue = await makeReviewQueue(db, { items, reviewers: 1 });
  expect(await anchoring(queue.as(0))).toBeNull();
  // Blind because the project was; not because it was drawn.
  for (let at = 0; at < 10; at += 1) await decide(queue, 0, () => "no");
  await db.project.update({
    where: { id: queue.project.id },
    data: { reviewMode: "OUTPUT_FIRST", blindArmShare: 0.5, reviewModeSince: new Date() },
  });
  expect(await anchoring(queue.as(0))).toMatchObject({ blind: null, outputFirst: null, difference: null });
  for (let at = 0; at < 150; at += 1)
    await decide(queue, 0, (item) => (item.shown ? String(item.shown.outputValues.label) : "yes"));
  const found = await anchoring(queue.as(0));
  for (const kept of ["made", "read"])
    expect(await keptAnchoring(queue.as(0), 50_000), kept).toMatchObject(found ?? {});
  expect((found?.blind?.n ?? 0) + (found?.outputFirst?.n ?? 0)).toBe(150);
  expect(found?.outputFirst?.mean).toBe(1);
  expect(found?.blind?.mean).toBeLessThan(0.95);
  expect(found?.difference?.low).toBeGreaterThan(0);
});
