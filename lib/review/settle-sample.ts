import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import type { Tx } from "@/lib/db/client";
import { enqueueJob } from "@/lib/db/enqueue-job";
import { decideSample, type SampleDecision } from "./decide-sample";
import { judgeTruth, schemaInForce } from "./judge-truth";
import type { LookedAt } from "./lock-sample";
import { answerDefinitionSchema, type Comparison } from "./schema";

type SettleCtx = Pick<Ctx, "project">;

/**
 * Recomputes a sample's state, verdict and score from its reviews and counting truth, in the caller's transaction: whatever adds a
 * truth calls it. The sample's row is locked first, so that of two writers the second sees the first. Returns the decision, or null
 * when the output is no sample.
 */
export async function settleSample(tx: Tx, ctx: SettleCtx, outputId: string): Promise<SampleDecision | null> {
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM sample WHERE project_id = ${ctx.project.id}::uuid AND output_id = ${outputId}::uuid FOR NO KEY UPDATE`;
  if (locked.length === 0) return null;
  const facts = await readFacts(tx, ctx.project.id, outputId);
  if (!facts) return null;
  const { decision, settled } = await decide(tx, ctx.project.id, outputId, facts);
  if (settled.changed || settled.looks !== "stay")
    await writeSettled(tx, ctx, outputId, settled, settled.changed);
  if (settled.changed) await enqueueRefresh(tx, ctx.project.id);
  return decision;
}

/**
 * The same after a revision, for a caller that has locked the sample's row in an earlier statement of this transaction. A re-serving
 * decides nothing, but it takes the same statements: how long an answer takes must not tell what kind of item it was.
 */
export async function settleLockedSample(tx: Tx, ctx: SettleCtx, lookedAt: LookedAt): Promise<void> {
  const { outputId, occasion } = lookedAt;
  const facts = await readFacts(tx, ctx.project.id, outputId);
  if (!facts) return;
  const settled: Settled =
    occasion === 0
      ? (await decide(tx, ctx.project.id, outputId, facts)).settled
      : { ...facts, changed: false, looks: "stay" };
  await writeSettled(tx, ctx, outputId, settled, true);
  // Last before the commit: writers of one project meet at this row of the queue.
  await enqueueRefresh(tx, ctx.project.id);
}

const factsRow = z.object({
  epochId: z.string(),
  state: z.enum(["QUEUED", "UNSURE", "SETTLED", "WITHDRAWN"]),
  verdict: z.enum(["CORRECT", "INCORRECT", "CANNOT_JUDGE"]).nullable(),
  score: z.number().nullable(),
  settledBy: z.string().nullable(),
  reviews: z.array(
    z.object({
      reviewerId: z.string(),
      revision: z.number(),
      look: z.number(),
      outcome: z.enum(["ANSWERED", "CANNOT_JUDGE", "SKIPPED", "UNDONE"]),
      primary: z.boolean(),
      verdict: z.enum(["CORRECT", "INCORRECT", "CANNOT_JUDGE"]).nullable(),
      score: z.number().nullable(),
    }),
  ),
  truthId: z.string().nullable(),
});
type Facts = z.output<typeof factsRow>;

interface Settled extends Pick<Facts, "epochId" | "state" | "verdict" | "score" | "settledBy"> {
  changed: boolean;
  looks: LookChange;
}

async function decide(
  tx: Tx,
  projectId: string,
  outputId: string,
  facts: Facts,
): Promise<{ decision: SampleDecision; settled: Settled }> {
  const truth = facts.truthId ? await readTruth(tx, projectId, facts.truthId, outputId) : null;
  const decision = decideSample(facts.reviews, truth);
  const { verdict, score, settledBy } = decision;
  // A withdrawn sample that nobody has judged stays withdrawn.
  const state = facts.state === "WITHDRAWN" && decision.state === "QUEUED" ? "WITHDRAWN" : decision.state;
  const changed =
    state !== facts.state ||
    verdict !== facts.verdict ||
    score !== facts.score ||
    settledBy !== facts.settledBy;
  const looks = lookChange(decision, facts);
  return { decision, settled: { epochId: facts.epochId, state, verdict, score, settledBy, changed, looks } };
}

/** One statement, whatever there is to do. A marked epoch is summed up again. */
async function writeSettled(
  tx: Tx,
  ctx: SettleCtx,
  outputId: string,
  settled: Settled,
  mark: boolean,
): Promise<void> {
  const projectId = ctx.project.id;
  const { state, looks } = settled;
  await tx.$executeRaw`
    WITH settled AS (
      UPDATE sample
      SET state = ${state}::sample_state, verdict = ${settled.verdict}::verdict, score = ${settled.score},
          settled_by = ${settled.settledBy},
          settled_at = CASE WHEN NOT ${settled.changed} THEN settled_at WHEN ${state} = 'SETTLED' THEN clock_timestamp() END
      WHERE project_id = ${projectId}::uuid AND output_id = ${outputId}::uuid),
    third AS (
      INSERT INTO review_slot (project_id, id, output_id, look, order_key)
      SELECT project_id, ${newId()}::uuid, output_id, 3, min(order_key) FROM review_slot
      WHERE ${looks} = 'open third' AND project_id = ${projectId}::uuid AND output_id = ${outputId}::uuid AND occasion = 0
      GROUP BY project_id, output_id
      ON CONFLICT (project_id, output_id, occasion, look) DO UPDATE SET state = 'OPEN'
      WHERE review_slot.state = 'WITHDRAWN'),
    reopened AS (
      UPDATE review_slot SET state = 'OPEN'
      WHERE ${looks} = 'reopen' AND project_id = ${projectId}::uuid AND output_id = ${outputId}::uuid AND occasion = 0
        AND look < 3 AND state = 'WITHDRAWN'),
    withdrawn AS (
      UPDATE review_slot
      SET state = 'WITHDRAWN', holder_id = NULL, lease_token = NULL, lease_expires_at = NULL
      WHERE project_id = ${projectId}::uuid AND output_id = ${outputId}::uuid AND occasion = 0 AND state = 'OPEN'
        AND (lease_expires_at IS NULL OR lease_expires_at <= clock_timestamp())
        AND (${looks} = 'withdraw' OR (${looks} = 'withdraw third' AND look = 3)))
    INSERT INTO dirty_epoch (project_id, epoch_id) SELECT ${projectId}::uuid, ${settled.epochId}::uuid WHERE ${mark}`;
}

async function enqueueRefresh(tx: Tx, projectId: string): Promise<void> {
  await enqueueJob(tx, "refresh-estimate", { projectId }, { key: `refresh:${projectId}`, delaySeconds: 1 });
}

async function readFacts(tx: Tx, projectId: string, outputId: string): Promise<Facts | null> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT sample.epoch_id AS "epochId", sample.state::text, sample.verdict::text, sample.score,
           sample.settled_by AS "settledBy", truth.id AS "truthId",
           coalesce((
             SELECT jsonb_agg(jsonb_build_object('reviewerId', review.reviewer_id, 'revision', review.revision,
                      'look', slot.look, 'outcome', review.outcome, 'primary', review."primary",
                      'verdict', review.verdict, 'score', review.score))
             FROM review JOIN review_slot slot ON slot.project_id = review.project_id AND slot.id = review.slot_id
             WHERE review.project_id = sample.project_id AND review.output_id = sample.output_id
               AND review.occasion = 0), '[]') AS reviews
    FROM sample
    JOIN output ON output.project_id = sample.project_id AND output.id = sample.output_id
    JOIN project ON project.id = sample.project_id
    LEFT JOIN LATERAL (
      SELECT each.id FROM ground_truth each
      WHERE each.project_id = sample.project_id AND each.external_id = output.external_id
        AND (output.phase = 'PILOT' OR project.truth_coverage = 'COMPLETE')
      ORDER BY each.received_at DESC, each.id DESC LIMIT 1) truth ON true
    WHERE sample.project_id = ${projectId}::uuid AND sample.output_id = ${outputId}::uuid`;
  return rows.length > 0 ? factsRow.parse(rows[0]) : null;
}

const truthRow = z.object({
  at: z.date(),
  value: z.string().transform((text) => JSON.parse(text) as unknown),
  output: z.string().transform((text) => JSON.parse(text) as unknown),
});

async function readTruth(
  tx: Tx,
  projectId: string,
  truthId: string,
  outputId: string,
): Promise<Comparison | null> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT greatest(truth.received_at, output.received_at) AS at, truth.value::text, output.output::text
    FROM ground_truth truth, output
    WHERE truth.project_id = ${projectId}::uuid AND truth.id = ${truthId}::uuid
      AND output.project_id = ${projectId}::uuid AND output.id = ${outputId}::uuid`;
  const { at, value, output } = truthRow.parse(rows[0]);
  const versions = await tx.answerSchema.findMany({
    where: { projectId },
    select: { createdAt: true, definition: true },
  });
  const form = schemaInForce(versions, at);
  return form ? judgeTruth(answerDefinitionSchema.parse(form.definition), value, output) : null;
}

type LookChange = "stay" | "open third" | "reopen" | "withdraw" | "withdraw third";

/** The third look is opened or withdrawn, and looks that nobody holds are withdrawn once a truth has settled the sample. */
function lookChange(decision: SampleDecision, facts: Facts): LookChange {
  if (decision.needsThirdLook && decision.settledBy === "review") return "open third";
  // The truth that made looks superfluous counts no longer.
  if (facts.settledBy === "truth" && decision.state === "QUEUED") return "reopen";
  // What somebody holds is left to them: an opinion that is no longer needed does no harm.
  if (decision.settledBy === "truth") return "withdraw";
  const secondLookSeen = facts.reviews.some((each) => each.look === 2);
  return secondLookSeen && !decision.needsThirdLook ? "withdraw third" : "stay";
}
