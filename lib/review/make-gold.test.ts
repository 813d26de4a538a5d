import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { settleByTruth } from "@/lib/testing/settle-by-truth";
import { nextItem } from "./claim-slot";
import { createAnswerSchema } from "./create-answer-schema";
import { formInForce, goldCandidates } from "./gold-candidates";
import { makeGold } from "./make-gold";
import { retireGold } from "./retire-gold";
import { submitReview } from "./submit-review";

const { db } = await testDatabase();

async function managerOf(queue: ReviewQueue) {
  const person = await makePerson(db, { project: queue.project, role: "MANAGER" });
  return contextFor(db, queue.project, actorFor(person));
}

async function decide(
  queue: ReviewQueue,
  reviewer: number,
  label: string,
  kind: "review" | "adjudicate" = "review",
) {
  const item = await nextItem(queue.as(reviewer), { queue: kind });
  if (!item) throw new Error("expected an item");
  await submitReview(queue.as(reviewer), {
    slotId: item.slotId,
    leaseToken: item.leaseToken,
    submissionKey: randomUUID(),
    answerSchemaId: item.form.id,
    decision: { outcome: "ANSWERED", answer: { label } },
  });
}

/** item-0 is decided between two, item-1 and item-2 are settled by truth, item-3 is judged by one person. */
async function knownSamples() {
  const items = [0, 1, 2, 3].map((at) => ({ input: { at }, output: { label: "yes" }, secondLook: at === 0 }));
  const queue = await makeReviewQueue(db, { items, reviewers: 3 });
  await decide(queue, 0, "yes");
  await decide(queue, 1, "no");
  await decide(queue, 2, "no", "adjudicate");
  const truths = new Map([
    ["item-1", { label: "yes" }],
    ["item-2", { label: "no" }],
  ]);
  const [right = "", wrong = ""] = await settleByTruth(db, queue, truths);
  await decide(queue, 0, "yes");
  const form = await formInForce(queue.as(0));
  if (!form) throw new Error("expected a form");
  return { queue, right, wrong, ctx: await managerOf(queue), form };
}

test("what a third person decided and what truth settled can be made known items, and nothing else", async () => {
  const { ctx, form, queue } = await knownSamples();
  const candidates = await goldCandidates(ctx, form.definition, { limit: 10 });
  expect(
    candidates.map(({ reference, answer, verdict, knownBy }) => ({ reference, ...answer, verdict, knownBy })),
  ).toEqual([
    { reference: "item-0", label: "no", verdict: "INCORRECT", knownBy: "adjudication" },
    { reference: "item-1", label: "yes", verdict: "CORRECT", knownBy: "truth" },
    { reference: "item-2", label: "no", verdict: "INCORRECT", knownBy: "truth" },
  ]);
  const judged = await db.output.findFirstOrThrow({
    where: { projectId: queue.project.id, externalId: "item-3" },
  });
  const refused = await makeGold(ctx, [
    { outputId: judged.id, seeded: false },
    { outputId: randomUUID(), seeded: true },
  ]);
  expect(refused.made).toEqual([]);
  expect(refused.refused.map((each) => each.reason)).toEqual(["not_known", "not_known"]);
});

test("a known item keeps its truth; with an error it shows another output, and one that is wrong takes none", async () => {
  const { ctx, right, wrong, queue, form } = await knownSamples();
  const made = await makeGold(ctx, [
    { outputId: right, seeded: true },
    { outputId: wrong, seeded: true },
  ]);
  expect(made).toEqual({
    made: [{ outputId: right, occasion: 1, seededField: "label" }],
    refused: [{ outputId: wrong, reason: "cannot_seed" }],
  });
  const where = { projectId: queue.project.id, outputId: right };
  expect(await db.reviewOccasion.findFirst({ where })).toMatchObject({
    kind: "GOLD",
    shownOutput: { label: "no" },
    truth: { label: "yes" },
    expectedVerdict: "INCORRECT",
    seededField: "label",
  });
  expect((await goldCandidates(ctx, form.definition, { limit: 10 })).map((each) => each.reference)).toEqual([
    "item-0",
    "item-2",
  ]);
  const audit = await db.auditEvent.findFirst({
    where: { projectId: queue.project.id, action: "gold.make" },
  });
  expect(audit?.details).toEqual({ made: 1, with_an_error: 1 });
  expect(
    await db.$queryRaw`SELECT 1 FROM graphile_worker.jobs WHERE key = ${`probes:${queue.project.id}`}`,
  ).toHaveLength(1);
});

test("of eight who make a known item of one output at once, one does", async () => {
  const { ctx, right, queue } = await knownSamples();
  const all = await Promise.all(
    Array.from({ length: 8 }, () => makeGold(ctx, [{ outputId: right, seeded: false }])),
  );
  expect(all.flatMap((each) => each.made)).toHaveLength(1);
  expect(all.flatMap((each) => each.refused).map((each) => each.reason)).toEqual(Array(7).fill("not_known"));
  expect(await db.reviewOccasion.count({ where: { projectId: queue.project.id } })).toBe(1);
});

test("retired it can be made anew; a mistaken one is marked, and what does not exist is refused", async () => {
  const { ctx, right, queue } = await knownSamples();
  await makeGold(ctx, [{ outputId: right, seeded: false }]);
  await retireGold(ctx, { outputId: right, occasion: 1, mistaken: false });
  expect((await makeGold(ctx, [{ outputId: right, seeded: false }])).made).toMatchObject([{ occasion: 2 }]);
  await retireGold(ctx, { outputId: right, occasion: 2, mistaken: true });
  const rows = await db.reviewOccasion.findMany({
    where: { projectId: queue.project.id },
    orderBy: { occasion: "asc" },
  });
  expect(rows.map((row) => [row.retiredAt !== null, row.mistaken])).toEqual([
    [true, false],
    [true, true],
  ]);
  await expect(retireGold(ctx, { outputId: right, occasion: 9, mistaken: false })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("a form with another field leaves no known item of the old one", async () => {
  const { ctx, form } = await knownSamples();
  const [field] = form.definition.fields;
  if (!field) throw new Error("expected a field");
  const definition = { ...form.definition, fields: [{ ...field, key: "other", truth_path: "/other" }] };
  await createAnswerSchema(ctx, { definition, instructions: "", baseVersion: 1 });
  expect(await goldCandidates(ctx, definition, { limit: 10 })).toEqual([]);
});
