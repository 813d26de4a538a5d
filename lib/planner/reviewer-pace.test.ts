import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Ctx } from "@/lib/core/ctx";
import { measurementHealth } from "@/lib/estimate/measurement-health";
import { nextItem } from "@/lib/review/claim-slot";
import type { LeasedItem } from "@/lib/review/leased-item";
import { submitReview } from "@/lib/review/submit-review";
import { undoReview } from "@/lib/review/undo-review";
import { testDatabase } from "@/lib/testing/database";
import { makeReviewQueue } from "@/lib/testing/make-review-queue";
import { reviewerPace } from "./reviewer-pace";

const { db } = await testDatabase();

/** The next item, or one that came back. */
async function judge(ctx: Ctx, outcome: "ANSWERED" | "SKIPPED" = "ANSWERED", back?: LeasedItem | null) {
  const item = back ?? (await nextItem(ctx));
  if (!item) throw new Error("expected an item");
  await submitReview(ctx, {
    slotId: item.slotId,
    leaseToken: item.leaseToken,
    submissionKey: randomUUID(),
    answerSchemaId: item.form.id,
    activeMs: 20_000,
    decision:
      outcome === "ANSWERED" ? { outcome, answer: { label: "yes" } } : { outcome, reason: "not sure" },
  });
}

test("what somebody decided again counts once, what was taken back and handed on does not", async () => {
  const items = Array.from({ length: 8 }, (_, at) => ({ input: { at }, output: { label: "yes" } }));
  const queue = await makeReviewQueue(db, { items, reviewers: 2 });
  const [one, two] = [queue.as(0), queue.as(1)];
  const undo = () => undoReview(one, { which: "last", submissionKey: randomUUID() });
  for (let done = 0; done < 3; done += 1) await judge(one);
  // Three revisions of the third: answered, taken back, answered.
  const { item } = await undo();
  await judge(one, "ANSWERED", item);
  await judge(two);
  await judge(two, "SKIPPED");
  const counted = async () => {
    const health = await measurementHealth(one);
    return health.reviewsThisWeek + health.reviewsLastWeek;
  };
  expect(await reviewerPace(one)).toMatchObject({ seconds: 20, timed: 5, reviews: 4, reviewers: 2 });
  expect(await counted()).toBe(4);
  // It was decided once, so it counts for the pace; as it stands nothing is said of it.
  await undo();
  expect(await reviewerPace(one)).toMatchObject({ reviews: 4, reviewers: 2 });
  expect(await counted()).toBe(3);
  // A second look is not what a plan's reviews a week are.
  const theirs = await db.review.findMany({ where: { reviewerId: queue.reviewers[1]?.id ?? "" } });
  await db.reviewSlot.updateMany({
    where: { id: { in: theirs.map((each) => each.slotId) } },
    data: { look: 2 },
  });
  expect(await reviewerPace(one)).toMatchObject({ timed: 5, reviews: 3, reviewers: 1 });
});
