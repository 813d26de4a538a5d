import { randomUUID } from "node:crypto";
import type pg from "pg";
import { claimSlot } from "@/lib/review/claim-slot";
import { submitReview } from "@/lib/review/submit-review";
import { makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { withBenchDatabase } from "./bench-server";
import type { BenchSection } from "./section";

const REVIEWERS = 16;
const ITEMS = 3_000;
/** As the web pool of one process. */
const CONNECTIONS = 8;

interface Run {
  reviewsPerSecond: number;
  p95Ms: number;
}

/** Claim and submit with 16 concurrent reviewers, against plain SQL that claims and ends slots in the same database. */
export async function benchReview(): Promise<BenchSection> {
  return withBenchDatabase(CONNECTIONS, async ({ db, pool }) => {
    const fresh = () =>
      makeReviewQueue(db, {
        reviewers: REVIEWERS,
        items: Array.from({ length: ITEMS }, (_, i) => ({
          input: { n: i },
          output: { label: i % 3 ? "yes" : "no" },
        })),
      });
    await measure(await fresh(), productReview);
    const runs: [string, Run][] = [];
    const plan = [
      [
        "plain SQL: claim, end the slot",
        (queue: ReviewQueue, at: number) => plainReview(pool, queue, at, false),
      ],
      [
        "plain SQL: claim; one transaction ends the slot, inserts the review, settles, enqueues",
        (queue: ReviewQueue, at: number) => plainReview(pool, queue, at, true),
      ],
      ["Assay: claim and submit", productReview],
    ] as const;
    for (const [name, review] of plan) runs.push([name, await measure(await fresh(), review)]);
    return section(runs);
  });
}

function section(runs: [string, Run][]): BenchSection {
  const [claimOnly, everything] = runs.map(([, run]) => run.reviewsPerSecond);
  const share = (run: Run, limit: number | undefined) =>
    `${((100 * run.reviewsPerSecond) / (limit ?? 1)).toFixed(0)} %`;
  return {
    title: "Review: claim and submit",
    note:
      `${REVIEWERS} concurrent reviewers, ${ITEMS} items, ${CONNECTIONS} connections, durable commits. The plain rows are the fewest ` +
      "statements that could do it: without eligibility, fencing token, comparison, idempotency or rate limit. A person needs seconds per item.",
    columns: ["what", "reviews/s", "p95 of claim + submit", "of plain claim", "of plain claim and review"],
    rows: runs.map(([name, run]) => [
      name,
      run.reviewsPerSecond.toFixed(0),
      `${run.p95Ms.toFixed(0)} ms`,
      share(run, claimOnly),
      share(run, everything),
    ]),
  };
}

type ReviewOnce = (queue: ReviewQueue, reviewer: number) => Promise<boolean>;

async function measure(queue: ReviewQueue, review: ReviewOnce): Promise<Run> {
  const times: number[] = [];
  const started = performance.now();
  await Promise.all(
    Array.from({ length: REVIEWERS }, async (_, reviewer) => {
      for (;;) {
        const from = performance.now();
        if (!(await review(queue, reviewer))) return;
        times.push(performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  if (times.length !== ITEMS) throw new Error(`${times.length} of ${ITEMS} items were reviewed.`);
  times.sort((a, b) => a - b);
  return { reviewsPerSecond: ITEMS / seconds, p95Ms: times[Math.floor(ITEMS * 0.95)] ?? 0 };
}

async function productReview(queue: ReviewQueue, reviewer: number): Promise<boolean> {
  const ctx = queue.as(reviewer);
  const claim = await claimSlot(ctx);
  if (!claim) return false;
  await submitReview(ctx, {
    slotId: claim.slotId,
    leaseToken: claim.leaseToken,
    submissionKey: randomUUID(),
    answerSchemaId: queue.formId,
    decision: { outcome: "ANSWERED", answer: { label: "yes" } },
  });
  return true;
}

async function plainReview(
  pool: pg.Pool,
  queue: ReviewQueue,
  reviewer: number,
  everything: boolean,
): Promise<boolean> {
  const person = queue.reviewers[reviewer]?.id;
  const { rows } = await pool.query<{ id: string; output_id: string }>({
    name: "plain-claim",
    text: `UPDATE review_slot SET holder_id = $2, lease_token = $3, lease_expires_at = now() + interval '5 minutes'
      WHERE (project_id, id) = (SELECT project_id, id FROM review_slot WHERE project_id = $1 AND state = 'OPEN' AND holder_id IS NULL
        ORDER BY order_key LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, output_id`,
    values: [queue.project.id, person, randomUUID()],
  });
  const slot = rows[0];
  if (!slot) return false;
  if (!everything) {
    const text = "UPDATE review_slot SET state = 'DONE' WHERE project_id = $1 AND id = $2";
    await pool.query({ name: "plain-end", text, values: [queue.project.id, slot.id] });
    return true;
  }
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query({
      name: "plain-review",
      text: `WITH ended AS (UPDATE review_slot SET state = 'DONE' WHERE project_id = $1 AND id = $2),
        settled AS (UPDATE sample SET state = 'SETTLED', score = 1, verdict = 'CORRECT', settled_by = 'review', settled_at = now()
          WHERE project_id = $1 AND output_id = $3),
        dirty AS (INSERT INTO dirty_epoch (project_id, epoch_id) VALUES ($1, $7))
        INSERT INTO review (project_id, id, output_id, slot_id, reviewer_id, revision, outcome, "primary", answer_schema_id, answer,
          computed_verdict, computed_score, verdict, score, submission_key)
        VALUES ($1, $4, $3, $2, $5, 1, 'ANSWERED', true, $6, '{"label":"yes"}', 'CORRECT', 1, 'CORRECT', 1, $4)`,
      values: [queue.project.id, slot.id, slot.output_id, randomUUID(), person, queue.formId, queue.epochId],
    });
    await client.query({
      name: "plain-job",
      text: "SELECT graphile_worker.add_job('refresh-estimate', $1, job_key => $2, job_key_mode => 'preserve_run_at', run_at => now() + interval '1 second')",
      values: [JSON.stringify({ projectId: queue.project.id }), `refresh:${queue.project.id}`],
    });
    await client.query("COMMIT");
  } finally {
    client.release();
  }
  return true;
}
