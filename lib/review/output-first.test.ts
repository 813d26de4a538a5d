import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Ctx } from "@/lib/core/ctx";
import { testDatabase } from "@/lib/testing/database";
import { makeReviewQueue } from "@/lib/testing/make-review-queue";
import { blindArm } from "./blind-arm";
import { nextItem } from "./claim-slot";
import type { LeasedItem } from "./leased-item";
import { itemJson } from "./review-json";
import { revealOutput } from "./reveal-output";
import { submitReview } from "./submit-review";
import { undoReview } from "./undo-review";

const { db } = await testDatabase();

async function claimed(ctx: Ctx): Promise<LeasedItem> {
  const item = await nextItem(ctx);
  if (!item) throw new Error("expected an item");
  return item;
}

function submission(item: LeasedItem) {
  return {
    slotId: item.slotId,
    leaseToken: item.leaseToken,
    submissionKey: randomUUID(),
    answerSchemaId: item.form.id,
    decision: { outcome: "ANSWERED" as const, answer: { label: "yes" } },
  };
}

const items = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    input: { at },
    output: { label: "no", canary: "hidden-4711" },
  }));

test("output first: it comes with the item, except in a share drawn at random; each review says which", async () => {
  const queue = await makeReviewQueue(db, { items: items(120), reviewers: 1 });
  const where = { id: queue.project.id };
  const project = await db.project.update({
    where,
    data: { reviewMode: "OUTPUT_FIRST", blindArmShare: 0.3 },
  });
  const drawn = blindArm(project);
  let blind = 0;
  for (let at = 0; at < 120; at += 1) {
    const item = await claimed(queue.as(0));
    const isBlind = drawn(item.reference);
    blind += isBlind ? 1 : 0;
    expect(JSON.stringify(itemJson(item)).includes("hidden-4711")).toBe(!isBlind);
    expect(item.shown === null).toBe(isBlind);
    if (at % 2 === 0) {
      const stated = await revealOutput(queue.as(0), {
        ...item,
        answerSchemaId: item.form.id,
        answer: { label: "no" },
      });
      expect(stated.verdict).toBe("CORRECT");
    }
    await submitReview(queue.as(0), submission(item));
    const stored = await db.review.findFirstOrThrow({ where: { slotId: item.slotId } });
    expect(stored.mode).toBe(isBlind ? "blind" : "output_first");
    expect(stored.answer).toEqual({ label: at % 2 === 0 ? "no" : "yes" });
  }
  // 120 draws of 0.3: outside of this once in 10,000 times.
  expect(blind).toBeGreaterThan(17);
  expect(blind).toBeLessThan(57);
});

test("what was shown stays shown: a change of the mode does not make an answer blind afterwards", async () => {
  const queue = await makeReviewQueue(db, { items: items(1), reviewers: 1 });
  const where = { id: queue.project.id };
  await db.project.update({ where, data: { reviewMode: "OUTPUT_FIRST", blindArmShare: 0 } });
  const item = await claimed(queue.as(0));
  expect(item.shown?.output).toEqual({ label: "no", canary: "hidden-4711" });
  await db.project.update({ where, data: { reviewMode: "BLIND_FIRST" } });
  await submitReview(queue.as(0), submission(item));
  const back = await undoReview(queue.as(0), { which: "last", submissionKey: randomUUID() });
  expect(back.item?.shown?.output).toEqual({ label: "no", canary: "hidden-4711" });
  const reviews = await db.review.findMany({ where: { projectId: queue.project.id } });
  expect(reviews.map((each) => each.mode)).toEqual(["output_first", "output_first"]);
});

test("blind first: nothing is shown and nothing is noted", async () => {
  const queue = await makeReviewQueue(db, { items: items(2), reviewers: 1 });
  const item = await claimed(queue.as(0));
  expect(item.shown).toBeNull();
  expect(JSON.stringify(itemJson(item))).not.toContain("hidden-4711");
  expect(await db.reviewShown.count({ where: { projectId: queue.project.id } })).toBe(0);
});
