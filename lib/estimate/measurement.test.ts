import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { nextItem } from "@/lib/review/claim-slot";
import { submitReview } from "@/lib/review/submit-review";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import { addItems, makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { nonResponseSchema, reviewerMixSchema } from "./measurement-schema";
import { nonResponse } from "./non-response";
import { accuracyReply } from "./queries";
import { refreshEstimate } from "./refresh-estimate";
import { reviewerMix } from "./reviewer-mix";
import { accuracyReplySchema } from "./schema";

const { db } = await testDatabase();
/** makeReviewQueue puts all outputs on this Monday. */
const DAY = "2026-03-02";
const WINDOW = { from: DAY, to: "2026-03-31" };

async function judge(queue: ReviewQueue, reviewer: number, says: (reference: string) => string) {
  const item = await nextItem(queue.as(reviewer));
  if (!item) throw new Error("expected an item");
  const label = says(item.reference);
  await submitReview(queue.as(reviewer), {
    slotId: item.slotId,
    leaseToken: item.leaseToken,
    submissionKey: randomUUID(),
    answerSchemaId: item.form.id,
    decision:
      label === "cannot"
        ? { outcome: "CANNOT_JUDGE", reason: "cut off" }
        : label === "skip"
          ? { outcome: "SKIPPED", reason: "not sure" }
          : { outcome: "ANSWERED", answer: { label } },
  });
}

async function countTraffic({ project, epochId, stratumId }: ReviewQueue, day: string, outputs: number) {
  await db.populationCount.create({
    data: {
      projectId: project.id,
      epochId,
      stratumId,
      day: new Date(`${day}T00:00:00Z`),
      attribute: "",
      value: "",
      outputs,
      weight: outputs,
    },
  });
}

const yes = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ input: { at }, output: { label: "yes" } }));

test("what is left open is counted by stratum, and makes a range of the number", async () => {
  const queue = await makeReviewQueue(db, { items: yes(60), reviewers: 1 });
  await countTraffic(queue, DAY, 1_000);
  // 50 come to; 6 cannot be judged, 2 are handed on, 4 of the 42 judged are wrong.
  const special = new Map<string, string>([
    ...Array.from({ length: 6 }, (_, at): [string, string] => [`item-${at}`, "cannot"]),
    ...Array.from({ length: 2 }, (_, at): [string, string] => [`item-${10 + at}`, "skip"]),
    ...Array.from({ length: 4 }, (_, at): [string, string] => [`item-${20 + at}`, "no"]),
  ]);
  for (let done = 0; done < 50; done += 1) await judge(queue, 0, (item) => special.get(item) ?? "yes");
  await refreshEstimate(db, queue.project.id);
  const ctx = contextFor(db, queue.project);
  const found = nonResponseSchema.parse(await nonResponse(ctx, WINDOW));
  // The plan counts on 10 reviews (target) of 1,000 outputs; a skipped item comes back to nobody: there is one reviewer.
  expect(found.total).toMatchObject({
    judged: 42,
    cannot_judge: 6,
    handed_on: 2,
    expired: 0,
    population: 1_000,
  });
  expect(found.strata).toHaveLength(1);
  const { estimate } = found.total;
  expect(estimate).toMatchObject({ reading: "bounds", n: 42 });
  expect(estimate?.unsure_share).toBeCloseTo(8 / 50);
  expect(estimate?.mean).toBeCloseTo(38 / 42);
  expect(estimate?.bounds?.low).toBeCloseTo(38 / 50);
  expect(estimate?.bounds?.high).toBeCloseTo(46 / 50);
  const reply = accuracyReplySchema.parse(
    await accuracyReply(ctx, { periodKind: "week", segments: "no", ...WINDOW }),
  );
  expect(reply.points[0]?.estimate).toMatchObject({ reading: "bounds", bounds: estimate?.bounds });
  expect(reply.points[0]?.estimate?.bounds_interval?.low).toBeLessThan(38 / 50);

  await db.sample.updateMany({
    where: { projectId: queue.project.id, state: "QUEUED" },
    data: { state: "WITHDRAWN" },
  });
  await db.stratumEpoch.updateMany({ where: { projectId: queue.project.id }, data: { target: 900 } });
  expect((await nonResponse(ctx, WINDOW)).total).toMatchObject({ judged: 42, expired: 10, waiting: 0 });
});

test("known items correct the number when there are enough, and say how many are missing when not", async () => {
  const queue = await makeReviewQueue(db, { items: yes(40), reviewers: 1 });
  await countTraffic(queue, DAY, 1_000);
  for (let done = 0; done < 40; done += 1)
    await judge(queue, 0, (item) => (Number(item.slice(5)) < 4 ? "no" : "yes"));
  await refreshEstimate(db, queue.project.id);
  await db.epoch.updateMany({ where: { projectId: queue.project.id }, data: { closedAt: new Date() } });
  const ctx = contextFor(db, queue.project);
  const now = async () =>
    (await accuracyReply(ctx, { periodKind: "week", segments: "no", ...WINDOW })).now ?? null;
  expect((await now())?.corrected).toMatchObject({
    accuracy: null,
    reason: "not_enough_gold",
    gold: { n: 0 },
  });

  const outputs = await db.output.findMany({ where: { projectId: queue.project.id }, select: { id: true } });
  const reviewerId = queue.reviewers[0]?.id ?? "";
  for (let at = 0; at < 60; at += 1) {
    const outputId = outputs[at % 40]?.id ?? "";
    const occasion = at < 40 ? 1 : 2;
    const expected = at < 30 ? "INCORRECT" : "CORRECT";
    const slotId = randomUUID();
    const where = { projectId: queue.project.id, outputId, occasion };
    await db.reviewOccasion.create({
      data: { ...where, kind: "GOLD", truth: { label: "yes" }, expectedVerdict: expected },
    });
    await db.reviewSlot.create({
      data: { ...where, id: slotId, look: 1, orderKey: 0, state: "DONE", assigneeId: reviewerId },
    });
    // 15 of 30 wrong ones are found, every right one is accepted.
    const verdict = at < 15 || at >= 30 ? expected : "CORRECT";
    await db.review.create({
      data: {
        ...where,
        id: randomUUID(),
        slotId,
        reviewerId,
        revision: 1,
        outcome: "ANSWERED",
        primary: true,
        answerSchemaId: queue.formId,
        answer: { label: "yes" },
        verdict,
        computedVerdict: verdict,
        score: verdict === "CORRECT" ? 1 : 0,
        submissionKey: randomUUID(),
        submittedAt: new Date(Date.now() - 8 * 86_400_000),
      },
    });
  }
  const found = await now();
  expect(found?.estimate.mean).toBeCloseTo(0.9);
  // Half of the wrong ones are found: 10 % called wrong are 20 % wrong.
  expect(found?.corrected).toMatchObject({
    reason: null,
    sensitivity: { mean: 0.5 },
    specificity: { mean: 1 },
  });
  expect(found?.corrected.accuracy?.mean).toBeCloseTo(0.8);
  expect(found?.corrected.accuracy?.low).toBeLessThan(0.8);
  expect(found?.corrected.accuracy?.high).toBeGreaterThan(0.8);
  // In the week of the reviews nothing moves yet: who judged them might look.
  const then = { ...ctx, now: new Date(Date.now() - 8 * 86_400_000) };
  const early = await accuracyReply(then, { periodKind: "week", segments: "no", ...WINDOW });
  expect(early.now?.corrected.gold.n).toBe(0);
});

test("a change of who reviews is told from a change of the model", async () => {
  const queue = await makeReviewQueue(db, { items: [], reviewers: 2 });
  // In every week a quarter is wrong; the first person finds all of it, the second a fifth of it.
  const turns = [
    [80, 20],
    [80, 20],
    [20, 80],
  ];
  for (const [week, [first = 0, second = 0]] of turns.entries()) {
    const day = `2026-03-${String(2 + 7 * week).padStart(2, "0")}`;
    const ids = await addItems(
      db,
      queue,
      yes(first + second).map((item) => ({ ...item, day })),
    );
    await countTraffic(queue, day, 500);
    await record(queue, 0, ids.slice(0, first), (at) => at % 4 !== 0);
    await record(queue, 1, ids.slice(first), (at) => at % 20 !== 0);
  }
  await refreshEstimate(db, queue.project.id);
  const mix = reviewerMixSchema.parse(await reviewerMix(contextFor(db, queue.project), WINDOW));
  expect(mix.people).toBe(2);
  expect(mix.weeks.map(({ start, n }) => [start, Math.round(n)])).toEqual([
    ["2026-03-02", 100],
    ["2026-03-09", 100],
    ["2026-03-16", 100],
  ]);
  expect(mix.weeks.map(({ plain }) => plain)).toEqual([
    expect.closeTo(0.79, 6),
    expect.closeTo(0.79, 6),
    expect.closeTo(0.91, 6),
  ]);
  const [one, , three] = mix.weeks;
  expect(Math.abs((three?.adjusted?.mean ?? 0) - (one?.adjusted?.mean ?? 9))).toBeLessThan(0.02);
  expect(three).toMatchObject({ told: true });
  expect(three?.mix_effect?.low).toBeGreaterThan(0);
});

/** First looks of one person, as they are stored once they are judged. */
async function record(
  { project, reviewers, formId, epochId }: ReviewQueue,
  reviewer: number,
  outputIds: readonly string[],
  isRight: (at: number) => boolean,
) {
  const projectId = project.id;
  const reviewerId = reviewers[reviewer]?.id ?? "";
  const slots = await db.reviewSlot.findMany({ where: { projectId, outputId: { in: [...outputIds] } } });
  const judged = outputIds.map((outputId, at) => ({ outputId, right: isRight(at) }));
  await db.review.createMany({
    data: judged.map(({ outputId, right }) => ({
      projectId,
      id: randomUUID(),
      outputId,
      slotId: slots.find((slot) => slot.outputId === outputId)?.id ?? "",
      reviewerId,
      revision: 1,
      outcome: "ANSWERED",
      primary: true,
      answerSchemaId: formId,
      answer: { label: right ? "yes" : "no" },
      computedVerdict: right ? "CORRECT" : "INCORRECT",
      verdict: right ? "CORRECT" : "INCORRECT",
      score: right ? 1 : 0,
      submissionKey: randomUUID(),
    })),
  });
  for (const right of [true, false]) {
    const outputId = { in: judged.filter((each) => each.right === right).map((each) => each.outputId) };
    await db.sample.updateMany({
      where: { projectId, outputId },
      data: {
        state: "SETTLED",
        verdict: right ? "CORRECT" : "INCORRECT",
        score: right ? 1 : 0,
        settledBy: "review",
      },
    });
  }
  await db.dirtyEpoch.create({ data: { projectId, epochId } });
}
