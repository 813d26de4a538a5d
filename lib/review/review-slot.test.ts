import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { testDatabase } from "@/lib/testing/database";
import { makeReviewQueue } from "@/lib/testing/make-review-queue";
import { nextItem } from "./claim-slot";
import { extendLeases } from "./extend-lease";
import type { LeasedItem } from "./leased-item";
import { queueStatus } from "./queue-status";
import { releaseLeases } from "./release-lease";
import { revealOutput } from "./reveal-output";
import { type Submission, submitReview } from "./submit-review";
import { undoReview } from "./undo-review";

const { db } = await testDatabase();

const items = (count: number, label = "yes") =>
  Array.from({ length: count }, (_, i) => ({ input: { number: i }, output: { label } }));

async function claimed(ctx: Ctx, queue: "review" | "adjudicate" = "review"): Promise<LeasedItem> {
  const item = await nextItem(ctx, { queue });
  if (!item) throw new Error("expected an item");
  return item;
}

function submission(item: LeasedItem, decision: Submission["decision"] = answered("yes")): Submission {
  return {
    slotId: item.slotId,
    leaseToken: item.leaseToken,
    submissionKey: randomUUID(),
    answerSchemaId: item.form.id,
    decision,
  };
}
const answered = (label: string) => ({ outcome: "ANSWERED" as const, answer: { label } });

async function sampleOf(slotId: string) {
  const slot = await db.reviewSlot.findFirstOrThrow({
    where: { id: slotId },
    include: { output: { include: { sample: true } } },
  });
  return slot.output.sample;
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error("was not refused"),
    (caught: unknown) => caught,
  );
  if (!(error instanceof AppError)) throw error;
  return `${error.code} ${error.details.reason ?? ""}`.trim();
}

test("claims serve in order, each slot once; an answer settles the sample and asks for a refresh in the same transaction", async () => {
  const queue = await makeReviewQueue(db, { items: items(2), reviewers: 3 });
  const first = await claimed(queue.as(0));
  const second = await claimed(queue.as(1));
  expect([first.input, second.input]).toEqual([{ number: 0 }, { number: 1 }]);
  expect(await nextItem(queue.as(2))).toBeNull();

  expect(await submitReview(queue.as(0), submission(first))).toMatchObject({
    primary: true,
    revision: 1,
    repeated: false,
  });
  expect(await sampleOf(first.slotId)).toMatchObject({
    state: "SETTLED",
    verdict: "CORRECT",
    score: 1,
    settledBy: "review",
  });
  expect(await db.dirtyEpoch.count({ where: { projectId: queue.project.id } })).toBe(1);
  const jobs = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM graphile_worker.jobs WHERE key = ${`refresh:${queue.project.id}`}`;
  expect(jobs).toHaveLength(1);
});

test("reveal shows the output only for a stated answer, and the first answer stands", async () => {
  const queue = await makeReviewQueue(db, { items: items(1, "no") });
  const ctx = queue.as(0);
  const item = await claimed(ctx);
  expect(item.revealed).toBeNull();
  const stated = { ...item, answerSchemaId: item.form.id };
  expect(await refusal(revealOutput(ctx, { ...stated, answer: {} }))).toBe("INVALID answer_invalid");
  expect(await refusal(revealOutput(ctx, { ...stated, answer: { label: "maybe" } }))).toBe(
    "INVALID answer_invalid",
  );
  const shown = await revealOutput(ctx, { ...stated, answer: { label: "yes" } });
  expect(shown).toMatchObject({
    output: { label: "no" },
    verdict: "INCORRECT",
    score: 0,
    answer: { label: "yes" },
  });
  expect(await revealOutput(ctx, { ...stated, answer: { label: "no" } })).toMatchObject({
    answer: { label: "yes" },
  });
  await submitReview(ctx, submission(item, answered("no")));
  expect(await db.review.findFirst({ where: { projectId: queue.project.id } })).toMatchObject({
    answer: { label: "yes" },
    verdict: "INCORRECT",
  });
});

test("the computed verdict can be overruled with a reason, and both are stored", async () => {
  const queue = await makeReviewQueue(db, { items: items(1, "no") });
  const item = await claimed(queue.as(0));
  const overrule = { verdict: "CORRECT" as const, reason: "slip of the key" };
  await submitReview(queue.as(0), submission(item, { ...answered("yes"), overrule }));
  expect(await db.review.findFirst({ where: { projectId: queue.project.id } })).toMatchObject({
    computedVerdict: "INCORRECT",
    computedScore: 0,
    verdict: "CORRECT",
    score: 1,
    overruleReason: "slip of the key",
  });
  expect(await sampleOf(item.slotId)).toMatchObject({ verdict: "CORRECT", score: 1 });
});

test("a retry with the same key returns what is stored; the key of one item is refused on another", async () => {
  const queue = await makeReviewQueue(db, { items: items(2) });
  const ctx = queue.as(0);
  const [one, two] = [await claimed(ctx), await claimed(ctx)];
  const sent = submission(one);
  const stored = await submitReview(ctx, sent);
  expect(await submitReview(ctx, sent)).toEqual({ ...stored, repeated: true });
  expect(await refusal(submitReview(ctx, { ...submission(two), submissionKey: sent.submissionKey }))).toBe(
    "CONFLICT key_reused",
  );
  expect(await refusal(submitReview(ctx, submission(one)))).toBe("CONFLICT already_reviewed");
  const twins = await Promise.all(
    [1, 2, 3, 4].map(() => submitReview(ctx, { ...submission(two), submissionKey: item4 })),
  );
  expect(twins.filter((each) => !each.repeated)).toHaveLength(1);
  expect(await db.review.count({ where: { projectId: queue.project.id } })).toBe(2);
});
const item4 = randomUUID();

test("who lost the lease is kept as an extra opinion, and the other's review stands", async () => {
  const queue = await makeReviewQueue(db, { items: items(1), reviewers: 2 });
  const slow = await nextItem(queue.as(0), { leaseSeconds: -1 });
  if (!slow) throw new Error("expected an item");
  const quick = await claimed(queue.as(1));
  expect(quick.slotId).toBe(slow.slotId);
  expect(await extendLeases(queue.as(0), [{ ...slow, leaseSeconds: 60 }])).toEqual([
    { slotId: slow.slotId, secondsLeft: null },
  ]);
  const stated = { ...slow, answerSchemaId: slow.form.id, answer: { label: "no" } };
  expect(await refusal(revealOutput(queue.as(0), stated))).toBe("CONFLICT lease_lost");
  expect(await submitReview(queue.as(0), submission(slow, answered("no")))).toMatchObject({ primary: false });
  expect(await sampleOf(slow.slotId)).toMatchObject({ state: "QUEUED" });
  expect(await submitReview(queue.as(1), submission(quick))).toMatchObject({ primary: true });
  expect(await sampleOf(slow.slotId)).toMatchObject({ state: "SETTLED", verdict: "CORRECT" });
});

test("a lease that ran out is still good while nobody has taken the slot", async () => {
  const queue = await makeReviewQueue(db, { items: items(1) });
  const item = await nextItem(queue.as(0), { leaseSeconds: -1 });
  if (!item) throw new Error("expected an item");
  const [lease] = await extendLeases(queue.as(0), [{ ...item, leaseSeconds: 60 }]);
  expect(lease?.secondsLeft).toBeGreaterThan(55);
  expect(await submitReview(queue.as(0), submission(item))).toMatchObject({ primary: true });
});

test("a skip hands the item to others and leaves the sample unsure until somebody judges it", async () => {
  const queue = await makeReviewQueue(db, { items: items(1), reviewers: 2 });
  const item = await claimed(queue.as(0));
  await submitReview(queue.as(0), submission(item, { outcome: "SKIPPED", reason: "not_my_area" }));
  expect(await sampleOf(item.slotId)).toMatchObject({ state: "UNSURE", verdict: null });
  expect(await nextItem(queue.as(0))).toBeNull();
  const again = await claimed(queue.as(1));
  await submitReview(queue.as(1), submission(again, { outcome: "CANNOT_JUDGE", reason: "bad_input" }));
  expect(await sampleOf(item.slotId)).toMatchObject({ state: "UNSURE", verdict: "CANNOT_JUDGE" });
});

test("an undone review is handed back to its author with the answer; nothing is removed", async () => {
  const queue = await makeReviewQueue(db, { items: items(1, "no"), reviewers: 2 });
  const ctx = queue.as(0);
  expect(await refusal(undoReview(ctx, { which: "last", submissionKey: randomUUID() }))).toBe(
    "GONE nothing_to_undo",
  );
  const item = await claimed(ctx);
  await revealOutput(ctx, { ...item, answerSchemaId: item.form.id, answer: { label: "no" } });
  await submitReview(ctx, { ...submission(item, { outcome: "ANSWERED" }), comment: "sure" });
  const undo = { which: "last" as const, submissionKey: randomUUID() };
  const undone = await undoReview(ctx, undo);
  expect(undone.before).toMatchObject({ answer: { label: "no" }, comment: "sure", verdict: "CORRECT" });
  expect(undone.item?.revealed).toMatchObject({ answer: { label: "no" }, output: { label: "no" } });
  expect(await sampleOf(item.slotId)).toMatchObject({ state: "QUEUED", score: null });
  expect(await nextItem(queue.as(1))).toBeNull();

  const retried = await undoReview(ctx, undo);
  expect(retried.item?.leaseToken).toBe(undone.item?.leaseToken);
  if (!undone.item) throw new Error("expected the item back");
  await submitReview(ctx, submission(undone.item, { outcome: "CANNOT_JUDGE", reason: "policy" }));
  const history = await db.review.findMany({
    where: { projectId: queue.project.id },
    orderBy: { revision: "asc" },
  });
  expect(history.map((each) => each.outcome)).toEqual(["ANSWERED", "UNDONE", "CANNOT_JUDGE"]);
});

test("deferred items can be taken back, the oldest first", async () => {
  const queue = await makeReviewQueue(db, { items: items(2) });
  const ctx = queue.as(0);
  for (let i = 0; i < 2; i += 1)
    await submitReview(ctx, submission(await claimed(ctx), { outcome: "SKIPPED", reason: "later" }));
  expect(await queueStatus(ctx)).toMatchObject({ deferred: 2, left: 0, empty: { reason: "needs_others" } });
  const back = await undoReview(ctx, { which: "deferred", submissionKey: randomUUID() });
  expect(back.item?.input).toEqual({ number: 0 });
  expect(await queueStatus(ctx)).toMatchObject({ deferred: 1, left: 1 });
});

test("two looks by two people; a difference asks a third, whose word counts", async () => {
  const queue = await makeReviewQueue(db, {
    items: [{ input: 1, output: { label: "yes" }, secondLook: true }],
    reviewers: 3,
  });
  const first = await claimed(queue.as(0));
  expect(await nextItem(queue.as(0))).toBeNull();
  const second = await claimed(queue.as(1));
  await submitReview(queue.as(1), submission(second, answered("no")));
  expect(await sampleOf(first.slotId)).toMatchObject({ settledBy: "review", verdict: "INCORRECT" });
  await submitReview(queue.as(0), submission(first));
  // Whichever of the two has look 1: its label stands until the third has spoken.
  const labels = await db.review.findMany({
    where: { projectId: queue.project.id },
    include: { slot: true },
  });
  const ofFirstLook = labels.find((each) => each.slot.look === 1);
  expect(await sampleOf(first.slotId)).toMatchObject({ settledBy: "review", verdict: ofFirstLook?.verdict });
  expect([await nextItem(queue.as(0)), await nextItem(queue.as(1))]).toEqual([null, null]);
  expect(await nextItem(queue.as(2))).toBeNull();
  const third = await claimed(queue.as(2), "adjudicate");
  await submitReview(queue.as(2), submission(third, answered("no")));
  expect(await sampleOf(first.slotId)).toMatchObject({ settledBy: "adjudication", verdict: "INCORRECT" });
});

test("the third look is withdrawn when the difference is undone, and opened again when it comes back", async () => {
  const queue = await makeReviewQueue(db, {
    items: [{ input: 1, output: { label: "yes" }, secondLook: true }],
    reviewers: 2,
  });
  await submitReview(queue.as(0), submission(await claimed(queue.as(0))));
  await submitReview(queue.as(1), submission(await claimed(queue.as(1)), answered("no")));
  const third = () => db.reviewSlot.findFirst({ where: { projectId: queue.project.id, look: 3 } });
  expect(await third()).toMatchObject({ state: "OPEN" });
  const { item } = await undoReview(queue.as(1), { which: "last", submissionKey: randomUUID() });
  expect(await third()).toMatchObject({ state: "WITHDRAWN" });
  if (!item) throw new Error("expected the item back");
  await submitReview(queue.as(1), submission(item, answered("no")));
  expect(await third()).toMatchObject({ state: "OPEN" });
});

test("live traffic refuses the 61st decision within a minute; recorded history does not", async () => {
  for (const [clock, refused] of [
    ["LIVE", true],
    ["RECORDED", false],
  ] as const) {
    const queue = await makeReviewQueue(db, { items: items(62), clock });
    const outcomes: string[] = [];
    for (let i = 0; i < 61; i += 1) {
      const item = await claimed(queue.as(0));
      outcomes.push(
        await submitReview(queue.as(0), submission(item)).then(
          () => "ok",
          (error: AppError) => error.code,
        ),
      );
    }
    expect(outcomes.filter((each) => each !== "ok")).toEqual(refused ? ["LIMIT"] : []);
  }
});

test("the queue says why it is empty", async () => {
  const empty = await makeReviewQueue(db, { items: [], reviewers: 2 });
  expect(await queueStatus(empty.as(0))).toMatchObject({ empty: { reason: "no_samples" } });

  const queue = await makeReviewQueue(db, { items: items(2), reviewers: 2 });
  expect(await queueStatus(queue.as(0))).toMatchObject({ left: 2, doneToday: 0, empty: null });
  const [a, b] = [await claimed(queue.as(1)), await claimed(queue.as(1))];
  const held = await queueStatus(queue.as(0));
  expect(held).toMatchObject({ left: 2, empty: { reason: "all_held", heldByMe: 0 } });
  expect(held.empty?.freeAt?.getTime()).toBe(a.expiresAt.getTime());
  expect(await queueStatus(queue.as(1))).toMatchObject({ empty: { reason: "all_held", heldByMe: 2 } });
  expect(await releaseLeases(queue.as(0), [b])).toBe(0);
  expect(await releaseLeases(queue.as(1), [b])).toBe(1);
  await submitReview(queue.as(1), submission(a));
  await submitReview(queue.as(1), submission(await claimed(queue.as(1))));
  expect(await queueStatus(queue.as(1))).toMatchObject({
    doneToday: 2,
    left: 0,
    empty: { reason: "all_done" },
  });
});

test("a truth that counts settles the sample, keeps the review, and takes an unheld look off the queue", async () => {
  const queue = await makeReviewQueue(db, {
    items: items(2).map((item, i) => ({ ...item, externalId: `t${i}` })),
    project: { truthCoverage: "COMPLETE" },
  });
  const item = await claimed(queue.as(0));
  for (const externalId of ["t0", "t1"]) {
    await db.groundTruth.create({
      data: {
        projectId: queue.project.id,
        id: randomUUID(),
        externalId,
        value: { label: "no" },
        receivedAt: new Date(),
        contentHash: Buffer.from(externalId),
      },
    });
  }
  await submitReview(queue.as(0), submission(item));
  expect(await sampleOf(item.slotId)).toMatchObject({ settledBy: "truth", verdict: "INCORRECT" });
  const { settleSample } = await import("./settle-sample");
  const other = await db.reviewSlot.findFirstOrThrow({
    where: { projectId: queue.project.id, state: "OPEN" },
  });
  await db.$transaction((tx) => settleSample(tx, queue.as(0), other.outputId));
  expect(await db.reviewSlot.findFirst({ where: { id: other.id } })).toMatchObject({ state: "WITHDRAWN" });
});
