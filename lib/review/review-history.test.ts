import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { sqlState } from "@/lib/db/sql-state";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { nextItem } from "./claim-slot";
import { decideSample } from "./decide-sample";
import type { LeasedItem } from "./leased-item";
import { revealOutput } from "./reveal-output";
import { submitReview } from "./submit-review";
import { undoReview } from "./undo-review";

const { db, pool } = await testDatabase();

function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

async function historyOf(queue: ReviewQueue): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    "SELECT to_jsonb(review)::text AS line FROM review WHERE project_id = $1 ORDER BY id",
    [queue.project.id],
  );
  return rows.map((row) => row.line);
}

/** One random act; the number of revisions that it stored. */
async function act(queue: ReviewQueue, random: () => number, held: Map<number, LeasedItem>): Promise<number> {
  const reviewer = Math.floor(random() * queue.reviewers.length);
  const ctx = queue.as(reviewer);
  try {
    if (random() < 0.4) {
      const which = random() < 0.8 ? "last" : "deferred";
      const { item } = await undoReview(ctx, { which, submissionKey: randomUUID() });
      if (item) held.set(reviewer, item);
      return 1;
    }
    const item = held.get(reviewer) ?? (await nextItem(ctx));
    if (!item) return 0;
    held.delete(reviewer);
    const label = random() < 0.5 ? "yes" : "no";
    if (!item.revealed && random() < 0.5)
      await revealOutput(ctx, { ...item, answerSchemaId: item.form.id, answer: { label } });
    const kind = random();
    await submitReview(ctx, {
      slotId: item.slotId,
      leaseToken: random() < 0.1 ? randomUUID() : item.leaseToken,
      submissionKey: randomUUID(),
      answerSchemaId: item.form.id,
      decision:
        kind < 0.15
          ? { outcome: "SKIPPED", reason: "later" }
          : kind < 0.25
            ? { outcome: "CANNOT_JUDGE", reason: "policy" }
            : {
                outcome: "ANSWERED",
                answer: { label },
                ...(kind < 0.4 ? { overrule: { verdict: "CORRECT", reason: "x" } } : {}),
              },
    });
    return 1;
  } catch (error) {
    if (error instanceof AppError) return 0;
    throw error;
  }
}

test("500 random steps of answering, skipping and undoing keep every revision as it was written", async () => {
  const random = randomFrom(7);
  let stored = 0;
  let undone = 0;
  for (let round = 0; round < 10; round += 1) {
    const items = [0, 1, 2, 3].map((i) => ({
      input: i,
      output: { label: i % 2 ? "yes" : "no" },
      secondLook: i < 2,
    }));
    const queue = await makeReviewQueue(db, { items, reviewers: 3 });
    const held = new Map<number, LeasedItem>();
    let before: string[] = [];
    for (let step = 0; step < 50; step += 1) {
      const added = await act(queue, random, held);
      const after = await historyOf(queue);
      expect(after).toHaveLength(before.length + added);
      expect(after.slice(0, before.length)).toEqual(before);
      before = after;
      stored += added;
    }
    undone += before.filter((line) => line.includes('"UNDONE"')).length;
    await expectSamplesToFollow(queue);
  }
  report(`500 steps: ${stored} revisions, ${undone} of them undo, none changed or removed`);
  expect(undone).toBeGreaterThan(75);
}, 120_000);

async function expectSamplesToFollow(queue: ReviewQueue): Promise<void> {
  const reviews = await db.review.findMany({
    where: { projectId: queue.project.id },
    include: { slot: true },
  });
  for (const sample of await db.sample.findMany({ where: { projectId: queue.project.id } })) {
    const mine = reviews
      .filter((each) => each.outputId === sample.outputId)
      .map((each) => ({ ...each, look: each.slot.look }));
    const { needsThirdLook: _, ...decided } = decideSample(mine, null);
    expect(sample).toMatchObject(decided);
  }
}

test("no statement changes or removes a review, a blind answer or an answer schema", async () => {
  const queue = await makeReviewQueue(db, { items: [{ input: 1, output: { label: "yes" } }] });
  const ctx = queue.as(0);
  const item = await nextItem(ctx);
  if (!item) throw new Error("expected an item");
  await revealOutput(ctx, { ...item, answerSchemaId: item.form.id, answer: { label: "yes" } });
  await submitReview(ctx, {
    slotId: item.slotId,
    leaseToken: item.leaseToken,
    submissionKey: randomUUID(),
    answerSchemaId: item.form.id,
    decision: { outcome: "ANSWERED" },
  });
  const attempts = ["review", "review_reveal", "answer_schema"].flatMap((table) => [
    `UPDATE ${table} SET project_id = project_id`,
    `DELETE FROM ${table}`,
    `TRUNCATE ${table} CASCADE`,
    `MERGE INTO ${table} t USING ${table} s ON t.project_id = s.project_id WHEN MATCHED THEN DELETE`,
    `WITH gone AS (DELETE FROM ${table} RETURNING 1) SELECT count(*) FROM gone`,
    `INSERT INTO ${table} SELECT * FROM ${table} ON CONFLICT ON CONSTRAINT ${table}_pkey DO UPDATE SET project_id = excluded.project_id`,
  ]);
  attempts.push("TRUNCATE review_slot CASCADE", "TRUNCATE project CASCADE");
  for (const statement of attempts) {
    const state = await pool.query(statement).then(
      () => "allowed",
      (error: unknown) => sqlState(error),
    );
    expect(`${statement}: ${state}`).toBe(`${statement}: 42501`);
  }
  // What reviews hang on cannot be pulled away under them either.
  for (const table of ["review_slot", "sample", "epoch"]) {
    const state = await pool
      .query(`DELETE FROM ${table} WHERE project_id = $1`, [queue.project.id])
      .catch(sqlState);
    expect(["23503", "23001", "42501"]).toContain(state);
  }
  expect(await db.review.count({ where: { projectId: queue.project.id } })).toBe(1);
});
