import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { makeReviewQueue, type ReviewQueue, YES_NO } from "@/lib/testing/make-review-queue";
import { nextItem } from "./claim-slot";
import { createAnswerSchema } from "./create-answer-schema";
import { dryRun } from "./dry-run";
import { fieldReadings } from "./field-reading";
import { previewForm } from "./preview-form";
import { revealOutput } from "./reveal-output";
import { type Answer, type AnswerDefinition, answerDefinitionSchema } from "./schema";
import { type Submission, submitReview } from "./submit-review";

const { db } = await testDatabase();

const total = { key: "total", label: "Total", type: "number", output_path: "/total", truth_path: "/total" };
const formOf = (...fields: object[]): AnswerDefinition => answerDefinitionSchema.parse({ fields });
const EXACT = formOf(total);
const withTolerance = (absolute: number) => formOf({ ...total, tolerance: { absolute } });

/** Outputs say 100, 101, ...; every answer is 100. */
async function reviewed(count: number, decide: (at: number) => Partial<Submission["decision"]> = () => ({})) {
  const items = Array.from({ length: count }, (_, at) => ({ input: { at }, output: { total: 100 + at } }));
  const queue = await makeReviewQueue(db, { items, definition: EXACT, reviewers: 2 });
  for (let at = 0; at < count; at += 1) await submit(queue, { total: 100 }, decide(at));
  return queue;
}

async function submit(queue: ReviewQueue, answer: Answer, decision: Partial<Submission["decision"]> = {}) {
  const ctx = queue.as(0);
  const item = await nextItem(ctx);
  if (!item) throw new Error("expected an item");
  const decided = { outcome: "ANSWERED", answer, ...decision } as Submission["decision"];
  const submission = {
    ...item,
    answerSchemaId: item.form.id,
    submissionKey: randomUUID(),
    decision: decided,
  };
  // Only who has seen the output can decide against the comparison.
  if ("overrule" in decision) await revealOutput(ctx, { ...submission, answer });
  await submitReview(ctx, submission);
}

test("the same form changes nothing; a wider one changes exactly what it now allows, the newest first", async () => {
  const queue = await reviewed(6);
  expect(await dryRun(queue.as(0), EXACT)).toEqual({
    looked_at: 6,
    all_looked_at: true,
    compared: 6,
    lacking: [],
    right_before: 1,
    right_after: 1,
    overruled: 0,
    overruled_no_longer: 0,
    changed: 0,
    examples: [],
  });
  const wider = await dryRun(queue.as(0), withTolerance(2));
  expect(wider).toMatchObject({ compared: 6, changed: 2, right_before: 1, right_after: 3 });
  expect(wider.examples).toMatchObject([
    { before: "INCORRECT", after: "CORRECT", version: 1, score: 1, wrong: [] },
    { before: "INCORRECT", after: "CORRECT" },
  ]);
  const [newest, older] = wider.examples;
  expect((newest?.reviewed_at ?? "") > (older?.reviewed_at ?? "")).toBe(true);
  expect(await db.review.count({ where: { projectId: queue.project.id } })).toBe(6);
});

test("it says how many it looked at, and that there are more", async () => {
  const queue = await reviewed(4);
  expect(await dryRun(queue.as(0), withTolerance(9), 3)).toMatchObject({
    looked_at: 3,
    all_looked_at: false,
    changed: 3,
  });
});

test("a verdict against the comparison stays, and is counted when the form would agree", async () => {
  const queue = await reviewed(3, (at) =>
    at === 0 ? {} : { overrule: { verdict: "CORRECT", reason: "Near enough." } },
  );
  expect(await dryRun(queue.as(0), withTolerance(1))).toMatchObject({
    compared: 3,
    changed: 0,
    overruled: 2,
    overruled_no_longer: 1,
    right_before: 3,
    right_after: 3,
  });
});

test("what does not answer a new question, or answers with an option that is gone, is not compared and named", async () => {
  const queue = await reviewed(2);
  const asked = formOf(total, { ...total, key: "tax", label: "Tax", required: false });
  expect(await dryRun(queue.as(0), asked)).toMatchObject({
    looked_at: 2,
    compared: 0,
    changed: 0,
    lacking: [{ key: "tax", label: "Tax", reviews: 2 }],
  });
  const options = [
    { value: "100", label: "hundred" },
    { value: "101", label: "more" },
  ];
  const chosen = await dryRun(queue.as(0), formOf({ ...total, type: "category", options }));
  expect(chosen).toMatchObject({ compared: 2, lacking: [], changed: 0 });
  const gone = options.map((each) => ({ ...each, value: `${each.value} or so` }));
  expect(await dryRun(queue.as(0), formOf({ ...total, type: "category", options: gone }))).toMatchObject({
    compared: 0,
    lacking: [{ key: "total", reviews: 2 }],
  });
});

test("only the last word of each person on what a sample needs counts", async () => {
  const queue = await reviewed(1);
  const ctx = queue.as(0);
  const [review] = await db.review.findMany({ where: { projectId: queue.project.id } });
  if (!review) throw new Error("expected a review");
  const undone = { outcome: "UNDONE" as const, revision: 2, id: randomUUID(), submissionKey: randomUUID() };
  const { answer: _answer, fieldResults: _results, correction: _none, ...rest } = review;
  await db.review.create({
    data: { ...rest, ...undone, computedScore: null, computedVerdict: null, verdict: null, score: null },
  });
  expect(await dryRun(ctx, EXACT)).toMatchObject({ looked_at: 0, compared: 0 });
});

test("a form is tried on the newest outputs: what it finds there, and how an answer is compared", async () => {
  const items = [{ total: 1 }, { total: "many" }, { sum: 3 }].map((output, at) => ({
    input: { at },
    output,
  }));
  const queue = await makeReviewQueue(db, { items, definition: EXACT });
  const preview = await previewForm(queue.as(0), { definition: EXACT, output_id: null, answer: null });
  expect(preview).toMatchObject({
    looked_at: 3,
    readings: [{ key: "total", found: 2, unreadable: 1, examples: ["many"] }],
    revealed: null,
  });
  const first = await db.output.findFirstOrThrow({
    where: { projectId: queue.project.id, output: { equals: { total: 1 } } },
  });
  const tried = { definition: withTolerance(1), output_id: first.id, answer: { total: 2 } };
  expect(await previewForm(queue.as(0), tried)).toMatchObject({
    shown: { id: first.id, input: { at: 0 }, output: { total: 1 }, output_values: { total: 1 } },
    revealed: { verdict: "CORRECT", field_results: [{ field: "total", result: "match" }] },
  });
  const other = await makeReviewQueue(db, { items: [], definition: YES_NO });
  expect(await previewForm(other.as(0), tried)).toMatchObject({ looked_at: 0, shown: null, revealed: null });
});

test("what is none of the options is told apart from what is not there", () => {
  const outputs = [{ label: "yes" }, { label: "Yes!" }, { label: null }, {}, { label: { x: 1 } }];
  expect(fieldReadings(YES_NO, outputs)).toEqual([
    { key: "label", found: 3, unreadable: 2, examples: ["Yes!", '{"x":1}'] },
  ]);
});

test("a published version never changes: neither by an update nor by a delete", async () => {
  const queue = await makeReviewQueue(db, { items: [], definition: EXACT });
  const where = { projectId: queue.project.id };
  await createAnswerSchema(queue.as(0), { definition: withTolerance(5), instructions: "", baseVersion: 1 });
  const before = await db.answerSchema.findMany({ where, orderBy: { version: "asc" } });
  const changes = [
    db.answerSchema.updateMany({ where: { ...where, version: 1 }, data: { instructions: "else" } }),
    db.$executeRaw`UPDATE answer_schema SET definition = '{}' WHERE project_id = ${queue.project.id}::uuid`,
    db.$executeRaw`DELETE FROM answer_schema WHERE project_id = ${queue.project.id}::uuid AND version = 2`,
  ];
  for (const change of changes) await expect(change).rejects.toThrow();
  expect(await db.answerSchema.findMany({ where, orderBy: { version: "asc" } })).toEqual(before);
});
