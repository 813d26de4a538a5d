import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { testDatabase } from "@/lib/testing/database";
import { makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { nextItem } from "./claim-slot";
import type { LeasedItem } from "./leased-item";
import { queueStatus } from "./queue-status";
import { itemJson } from "./review-json";
import { submitReview } from "./submit-review";
import { undoReview } from "./undo-review";

const { db } = await testDatabase();

function submission(item: LeasedItem, label: string, comment?: string) {
  return {
    slotId: item.slotId,
    leaseToken: item.leaseToken,
    submissionKey: randomUUID(),
    answerSchemaId: item.form.id,
    ...(comment ? { comment } : {}),
    decision: { outcome: "ANSWERED" as const, answer: { label } },
  };
}

async function claimed(ctx: Ctx, queue: "review" | "adjudicate" = "review"): Promise<LeasedItem> {
  const item = await nextItem(ctx, { queue });
  if (!item) throw new Error("expected an item");
  return item;
}

/** Two people have judged every item differently. */
async function disputed(count: number, reviewers: number): Promise<ReviewQueue> {
  const items = Array.from({ length: count }, (_, at) => ({
    input: { number: at },
    output: { label: "yes", model: "secret-7" },
    secondLook: true,
  }));
  const queue = await makeReviewQueue(db, { items, reviewers });
  for (let at = 0; at < count; at += 1) {
    await submitReview(queue.as(0), submission(await claimed(queue.as(0)), "yes", "said by one"));
    await submitReview(queue.as(1), submission(await claimed(queue.as(1)), "no"));
  }
  return queue;
}

test("who decides sees input, output and both answers, but not whose they are", async () => {
  const queue = await disputed(1, 3);
  expect(await queueStatus(queue.as(2))).toMatchObject({ left: 0, empty: { reason: "all_done" } });
  expect(await queueStatus(queue.as(2), "adjudicate")).toMatchObject({ left: 1, empty: null });
  const item = await claimed(queue.as(2), "adjudicate");
  expect(item).toMatchObject({
    input: { number: 0 },
    revealed: null,
    shown: { output: { label: "yes", model: "secret-7" }, outputValues: { label: "yes" } },
  });
  const said = item.opinions?.map(({ answer, verdict, comment }) => ({ ...answer, verdict, comment }));
  expect(said).toHaveLength(2);
  expect(said).toContainEqual({ label: "yes", verdict: "CORRECT", comment: "said by one" });
  expect(said).toContainEqual({ label: "no", verdict: "INCORRECT", comment: null });
  const sent = JSON.stringify(itemJson(item));
  for (const person of queue.reviewers)
    for (const secret of [person.id, person.name, person.email]) expect(sent).not.toContain(secret);
  await submitReview(queue.as(2), submission(item, "no"));
  expect(await db.sample.findFirst({ where: { projectId: queue.project.id } })).toMatchObject({
    settledBy: "adjudication",
    verdict: "INCORRECT",
  });
  expect(
    await db.review.findFirst({ where: { projectId: queue.project.id, slotId: item.slotId } }),
  ).toMatchObject({
    mode: "output_first",
    primary: true,
  });
});

test("the order of the two answers does not tell who was first", async () => {
  const queue = await disputed(40, 3);
  let firstSaysYes = 0;
  for (let at = 0; at < 40; at += 1) {
    const item = await claimed(queue.as(2), "adjudicate");
    if (item.opinions?.[0]?.answer.label === "yes") firstSaysYes += 1;
    await submitReview(queue.as(2), submission(item, "yes"));
  }
  // 40 fair coins: outside of this once in 700,000 times.
  expect(firstSaysYes).toBeGreaterThanOrEqual(6);
  expect(firstSaysYes).toBeLessThanOrEqual(34);
});

test("nobody decides about their own answer, and each item goes to one person, however many ask at once", async () => {
  const queue = await disputed(6, 8);
  const asked = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((person) => [person, person, person]);
  const got = await Promise.all(
    asked.map(async (person) => ({
      person,
      item: await nextItem(queue.as(person), { queue: "adjudicate" }),
    })),
  );
  const served = got.filter((each) => each.item !== null);
  expect(new Set(served.map((each) => each.item?.slotId)).size).toBe(served.length);
  expect(served).toHaveLength(6);
  expect(served.filter((each) => each.person < 2)).toEqual([]);
  expect(await queueStatus(queue.as(0), "adjudicate")).toMatchObject({ left: 0 });
});

test("an own answer refuses a decision even by a slot that was guessed", async () => {
  const queue = await disputed(1, 3);
  const item = await claimed(queue.as(2), "adjudicate");
  const refused = await submitReview(queue.as(0), submission(item, "yes")).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(AppError);
  expect(refused).toMatchObject({ code: "CONFLICT" });
});

test("an answer taken back meanwhile is shown no more, and a decision taken back comes with both answers again", async () => {
  const queue = await disputed(2, 3);
  const item = await claimed(queue.as(2), "adjudicate");
  await submitReview(queue.as(2), submission(item, "no"));
  const back = await undoReview(queue.as(2), { which: "last", submissionKey: randomUUID() });
  expect(back.item).toMatchObject({ slotId: item.slotId, opinions: item.opinions });
  await undoReview(queue.as(1), { which: "last", submissionKey: randomUUID() });
  const rest = await claimed(queue.as(2), "adjudicate").catch(() => null);
  expect(rest).toBeNull();
});

test("an opinion that is changed after a third person has decided is kept and named, and the decision stands", async () => {
  const queue = await disputed(1, 3);
  const item = await claimed(queue.as(2), "adjudicate");
  await submitReview(queue.as(2), submission(item, "no"));
  const back = await undoReview(queue.as(0), { which: "last", submissionKey: randomUUID() });
  expect(back.adjudicated).toBe(true);
  const stands = { settledBy: "adjudication", verdict: "INCORRECT" };
  expect(await db.sample.findFirst({ where: { projectId: queue.project.id } })).toMatchObject(stands);
  if (!back.item) throw new Error("expected the item");
  await submitReview(queue.as(0), submission(back.item, "no"));
  expect(await db.sample.findFirst({ where: { projectId: queue.project.id } })).toMatchObject(stands);
  const noted = { projectId: queue.project.id, action: "review.undo-decided" };
  expect(await db.auditEvent.findMany({ where: noted })).toMatchObject([{ actorId: queue.reviewers[0]?.id }]);
  // The decision itself taken back is no change of somebody else's matter.
  expect(await undoReview(queue.as(2), { which: "last", submissionKey: randomUUID() })).toMatchObject({
    adjudicated: false,
  });
});
