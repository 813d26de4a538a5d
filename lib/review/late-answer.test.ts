import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { makeReviewQueue } from "@/lib/testing/make-review-queue";
import { nextItem } from "./claim-slot";
import { revealOutput } from "./reveal-output";
import { type AnswerDefinition, answerDefinitionSchema } from "./schema";
import { type Submission, submitReview } from "./submit-review";
import { undoReview } from "./undo-review";

const { db } = await testDatabase();

const anchors = ["Useless", "Wrong in places", "Usable", "Good", "Perfect"];
const score = {
  type: "rubric",
  rubric: { anchors, right_from: 4 },
  output_path: "/text",
  truth_path: "/score",
};
const definitionOf = (...fields: object[]): AnswerDefinition => answerDefinitionSchema.parse({ fields });
const TOPICS = {
  key: "topics",
  label: "Topics",
  type: "categories",
  options: ["billing", "refund"].map((value) => ({ value, label: value })),
  output_path: "/topics",
  truth_path: "/topics",
};
const MIXED = definitionOf(TOPICS, { ...score, key: "quality", label: "Is the answer good?" });
const item = { input: { question: "Why?" }, output: { topics: ["billing"], text: "Because." } };

async function claimedItem(
  definition: AnswerDefinition,
  project: Parameters<typeof makeReviewQueue>[1]["project"] = {},
) {
  const queue = await makeReviewQueue(db, { items: [item], definition, project });
  const ctx = queue.as(0);
  const held = await nextItem(ctx);
  if (!held) throw new Error("expected an item");
  const reveal = (answer: Record<string, unknown>) =>
    revealOutput(ctx, { ...held, answerSchemaId: held.form.id, answer });
  const submit = async (answer?: Record<string, unknown>) => {
    const decision: Submission["decision"] = { outcome: "ANSWERED", ...(answer ? { answer } : {}) };
    const submissionKey = randomUUID();
    const answerSchemaId = held.form.id;
    await submitReview(ctx, { ...held, answerSchemaId, submissionKey, decision });
    return await db.review.findFirstOrThrow({ where: { projectId: queue.project.id, submissionKey } });
  };
  return { ctx, held, reveal, submit };
}

test("a score is given after the reveal: what was stated before stands, and both make the verdict", async () => {
  const { ctx, reveal, submit } = await claimedItem(MIXED);
  await expect(reveal({ topics: ["billing"], quality: 4 })).rejects.toMatchObject({
    details: { reason: "answer_invalid", fields: { quality: expect.any(String) } },
  });
  expect(await reveal({ topics: ["billing"] })).toMatchObject({
    answer: { topics: ["billing"] },
    fieldResults: [{ field: "topics", result: "match", score: 1 }],
    verdict: "CORRECT",
    outputValues: { quality: "Because." },
  });
  await expect(submit()).rejects.toMatchObject({ details: { fields: { quality: expect.any(String) } } });
  await expect(submit({ quality: 6 })).rejects.toMatchObject({ code: "INVALID" });
  expect(await submit({ topics: ["refund"], quality: 3 })).toMatchObject({
    answer: { topics: ["billing"], quality: 3 },
    computedVerdict: "INCORRECT",
    computedScore: 0.5,
    verdict: "INCORRECT",
    fieldResults: [
      { field: "topics", result: "match", score: 1 },
      { field: "quality", result: "mismatch", score: 0.5 },
    ],
  });
  const undone = await undoReview(ctx, { which: "last", submissionKey: randomUUID() });
  expect(undone).toMatchObject({
    before: { answer: { topics: ["billing"], quality: 3 } },
    item: { revealed: { answer: { topics: ["billing"] } } },
  });
});

test("nobody scores an output that they have not seen", async () => {
  const { submit } = await claimedItem(MIXED);
  await expect(submit({ topics: ["billing"], quality: 4 })).rejects.toMatchObject({
    details: { reason: "answer_invalid", fields: { quality: expect.stringContaining("look at the output") } },
  });
  await expect(submit({ topics: ["billing"] })).rejects.toMatchObject({ code: "INVALID" });
});

test("a form of scores alone has nothing to state before; a score that may be left open counts neither way", async () => {
  const alone = await claimedItem(definitionOf({ ...score, key: "quality", label: "Is it good?" }));
  expect(await alone.reveal({})).toMatchObject({ answer: {}, fieldResults: [] });
  expect(await alone.submit({ quality: 5 })).toMatchObject({ verdict: "CORRECT", computedScore: 1 });
  const open = await claimedItem(
    definitionOf(TOPICS, { ...score, key: "quality", label: "Is it good?", required: false }),
  );
  await open.reveal({ topics: ["refund"] });
  expect(await open.submit({})).toMatchObject({
    verdict: "INCORRECT",
    fieldResults: [{ field: "topics", result: "mismatch", score: 0 }],
  });
});

test("where the output comes first, it may be scored together with the rest", async () => {
  const { held, submit } = await claimedItem(MIXED, { reviewMode: "OUTPUT_FIRST", blindArmShare: 0 });
  expect(held.shown).toMatchObject({ output: item.output });
  expect(await submit({ topics: ["billing"], quality: 4 })).toMatchObject({
    verdict: "CORRECT",
    mode: "output_first",
  });
});
