import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { newId } from "@/lib/core/id";
import type { Tx } from "@/lib/db/client";
import { enqueueJob } from "@/lib/db/enqueue-job";
import { decideSample, type SampleDecision } from "./decide-sample";
import { judgeTruth, schemaInForce } from "./judge-truth";
import { answerDefinitionSchema, type Comparison } from "./schema";

type SettleCtx = Pick<Ctx, "project">;

/**
 * Recomputes a sample's state, verdict and score from its reviews and counting truth, in the caller's transaction: whatever adds a
 * revision or a truth calls it. The sample's row is locked first, so that of two writers the second sees the first. Returns the
 * decision, or null when the output is no sample.
 */
export async function settleSample(tx: Tx, ctx: SettleCtx, outputId: string): Promise<SampleDecision | null> {
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM sample WHERE project_id = ${ctx.project.id}::uuid AND output_id = ${outputId}::uuid FOR NO KEY UPDATE`;
  return locked.length === 0 ? null : await settleLockedSample(tx, ctx, outputId);
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

/** The same, for a caller that has locked the sample's row in an earlier statement of this transaction. */
export async function settleLockedSample(tx: Tx, ctx: SettleCtx, outputId: string): Promise<SampleDecision> {
  const facts = await readFacts(tx, ctx.project.id, outputId);
  const truth = facts.truthId ? await readTruth(tx, ctx.project.id, facts.truthId, outputId) : null;
  const decision = decideSample(facts.reviews, truth);
  // A withdrawn sample that nobody has judged stays withdrawn.
  const state = facts.state === "WITHDRAWN" && decision.state === "QUEUED" ? "WITHDRAWN" : decision.state;
  await arrangeLooks(tx, ctx.project.id, outputId, decision, facts);
  const unchanged =
    state === facts.state &&
    decision.verdict === facts.verdict &&
    decision.score === facts.score &&
    decision.settledBy === facts.settledBy;
  if (unchanged) return decision;
  await tx.$executeRaw`
    WITH settled AS (
      UPDATE sample
      SET state = ${state}::sample_state, verdict = ${decision.verdict}::verdict, score = ${decision.score},
          settled_by = ${decision.settledBy}, settled_at = CASE WHEN ${state} = 'SETTLED' THEN clock_timestamp() END
      WHERE project_id = ${ctx.project.id}::uuid AND output_id = ${outputId}::uuid)
    INSERT INTO dirty_epoch (project_id, epoch_id) VALUES (${ctx.project.id}::uuid, ${facts.epochId}::uuid)`;
  // Last before the commit: writers of one project meet at this row of the queue.
  const projectId = ctx.project.id;
  await enqueueJob(tx, "refresh-estimate", { projectId }, { key: `refresh:${projectId}`, delaySeconds: 1 });
  return decision;
}

async function readFacts(tx: Tx, projectId: string, outputId: string): Promise<Facts> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT sample.epoch_id AS "epochId", sample.state::text, sample.verdict::text, sample.score,
           sample.settled_by AS "settledBy", truth.id AS "truthId",
           coalesce((
             SELECT jsonb_agg(jsonb_build_object('reviewerId', review.reviewer_id, 'revision', review.revision,
                      'look', slot.look, 'outcome', review.outcome, 'primary', review."primary",
                      'verdict', review.verdict, 'score', review.score))
             FROM review JOIN review_slot slot ON slot.project_id = review.project_id AND slot.id = review.slot_id
             WHERE review.project_id = sample.project_id AND review.output_id = sample.output_id), '[]') AS reviews
    FROM sample
    JOIN output ON output.project_id = sample.project_id AND output.id = sample.output_id
    JOIN project ON project.id = sample.project_id
    LEFT JOIN LATERAL (
      SELECT each.id FROM ground_truth each
      WHERE each.project_id = sample.project_id AND each.external_id = output.external_id
        AND (output.phase = 'PILOT' OR project.truth_coverage = 'COMPLETE')
      ORDER BY each.received_at DESC, each.id DESC LIMIT 1) truth ON true
    WHERE sample.project_id = ${projectId}::uuid AND sample.output_id = ${outputId}::uuid`;
  return factsRow.parse(rows[0]);
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

/** Opens or withdraws the third look, and withdraws looks that nobody holds once a truth has settled the sample. */
async function arrangeLooks(
  tx: Tx,
  projectId: string,
  outputId: string,
  decision: SampleDecision,
  facts: Facts,
): Promise<void> {
  if (decision.needsThirdLook && decision.settledBy === "review") {
    await tx.$executeRaw`
      INSERT INTO review_slot (project_id, id, output_id, look, order_key)
      SELECT project_id, ${newId()}::uuid, output_id, 3, min(order_key) FROM review_slot
      WHERE project_id = ${projectId}::uuid AND output_id = ${outputId}::uuid
      GROUP BY project_id, output_id
      ON CONFLICT (project_id, output_id, look) DO UPDATE SET state = 'OPEN' WHERE review_slot.state = 'WITHDRAWN'`;
    return;
  }
  if (facts.settledBy === "truth" && decision.state === "QUEUED") {
    // The truth that made looks superfluous counts no longer.
    await tx.$executeRaw`
      UPDATE review_slot SET state = 'OPEN'
      WHERE project_id = ${projectId}::uuid AND output_id = ${outputId}::uuid AND look < 3 AND state = 'WITHDRAWN'`;
    return;
  }
  // What somebody holds is left to them: an opinion that is no longer needed does no harm.
  const byTruth = decision.settledBy === "truth";
  const secondLookSeen = facts.reviews.some((each) => each.look === 2);
  if (!byTruth && !secondLookSeen) return;
  await tx.$executeRaw`
    UPDATE review_slot
    SET state = 'WITHDRAWN', holder_id = NULL, lease_token = NULL, lease_expires_at = NULL
    WHERE project_id = ${projectId}::uuid AND output_id = ${outputId}::uuid AND state = 'OPEN'
      AND (lease_expires_at IS NULL OR lease_expires_at <= clock_timestamp())
      AND (${byTruth} OR (look = 3 AND NOT ${decision.needsThirdLook}))`;
}
