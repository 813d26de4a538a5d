import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { makeReviewQueue, YES_NO } from "@/lib/testing/make-review-queue";
import { nextItem } from "./claim-slot";
import { createAnswerSchema } from "./create-answer-schema";
import { type AnswerDefinition, answerDefinitionSchema } from "./schema";
import { type Submission, submitReview } from "./submit-review";
import { errorTagsOf } from "./error-tag";

const { db } = await testDatabase();

const withTags = (...keys: string[]): AnswerDefinition => ({
  ...YES_NO,
  error_tags: keys.map((key) => ({ key, label: key })),
});

test("a form without error tags has the usual ones, an empty list means none, and no key comes twice", () => {
  expect(errorTagsOf(answerDefinitionSchema.parse(YES_NO)).map((tag) => tag.key)).toContain("misread");
  expect(errorTagsOf(withTags())).toEqual([]);
  expect(errorTagsOf(withTags("late"))).toEqual([{ key: "late", label: "late" }]);
  expect(answerDefinitionSchema.safeParse(withTags("late", "late")).error?.issues).toMatchObject([
    { path: ["error_tags", 1, "key"], message: "this key is used twice" },
  ]);
  const many = Array.from({ length: 31 }, (_, i) => `tag_${i}`);
  expect(answerDefinitionSchema.safeParse(withTags(...many)).success).toBe(false);
  expect(answerDefinitionSchema.safeParse(withTags(...many.slice(1))).success).toBe(true);
});

test("a review takes the error tags of the version that it answers, whatever its outcome, and no others", async () => {
  const items = Array.from({ length: 6 }, (_, number) => ({ input: { number }, output: { label: "no" } }));
  const queue = await makeReviewQueue(db, { items, definition: withTags("old") });
  const ctx = queue.as(0);
  const submit = async (errorTags: string[], decision: Submission["decision"], form?: string) => {
    const item = await nextItem(ctx);
    if (!item) throw new Error("expected an item");
    const submissionKey = randomUUID();
    const { slotId, leaseToken } = item;
    const answerSchemaId = form ?? item.form.id;
    await submitReview(ctx, { slotId, leaseToken, submissionKey, answerSchemaId, errorTags, decision });
    const stored = await db.review.findFirstOrThrow({
      where: { projectId: queue.project.id, submissionKey },
    });
    return stored.errorTags;
  };
  const answered = { outcome: "ANSWERED", answer: { label: "yes" } } as const;
  const cannot = { outcome: "CANNOT_JUDGE", reason: "unreadable" } as const;
  for (const decision of [answered, cannot]) {
    await expect(submit(["old", "new"], decision)).rejects.toMatchObject({
      code: "INVALID",
      message: "This form has no error tag “new”.",
      details: { reason: "error_tag_unknown" },
    });
  }
  expect(await submit(["old", "old"], answered)).toEqual(["old"]);
  await createAnswerSchema(ctx, { definition: withTags("new"), instructions: "", baseVersion: 1 });
  await expect(submit(["old"], cannot)).rejects.toMatchObject({ code: "INVALID" });
  expect(await submit(["new"], cannot)).toEqual(["new"]);
  expect(await submit(["old"], answered, queue.formId)).toEqual(["old"]);
  expect(await db.review.count({ where: { projectId: queue.project.id } })).toBe(3);
});
