import * as z from "zod";

import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";

const outcome = z.enum(["ANSWERED", "CANNOT_JUDGE", "SKIPPED", "UNDONE"]);

const standingRow = z.object({
  recorded: z.boolean(),
  /** They were shown the output before they stated anything. */
  shownFirst: z.boolean(),
  /** This person's newest revision on this output and occasion. */
  latest: z.object({ revision: z.number(), outcome, primary: z.boolean() }).nullable(),
  /** What this submission key stored before. */
  stored: z
    .object({ id: z.string(), slotId: z.string(), revision: z.number(), outcome, primary: z.boolean() })
    .nullable(),
  reveal: z
    .object({
      answerSchemaId: z.string(),
      answer: z.unknown(),
      fieldResults: z.unknown(),
      score: z.number(),
      verdict: z.string(),
      /** The form asks for something about the output itself, which is answered only now. */
      asksMore: z.boolean(),
    })
    .nullable(),
  inLastMinute: z.number(),
});
export type Standing = z.output<typeof standingRow>;

export interface SlotRef {
  projectId: string;
  reviewerId: string;
  slotId: string;
}

/** What a slot is a look at. */
export interface LookedAt {
  outputId: string;
  /** 0 = what its sample needs; above, a re-serving. */
  occasion: number;
}

/**
 * Makes the revisions of one person, and those of one sample, one after the other: first the person's lock, then the sample's row
 * (an output that is looked at for other reasons may have none). Read what depends on them in a later statement: only that one sees
 * what the holder before committed.
 */
export async function lockForRevision(tx: Tx, { projectId, reviewerId, slotId }: SlotRef): Promise<LookedAt> {
  // The inner condition on the person's lock is what makes it come first.
  const rows = await tx.$queryRaw<LookedAt[]>`
    WITH person AS MATERIALIZED (
      SELECT count(pg_advisory_xact_lock(hashtextextended(${`review:${projectId}:${reviewerId}`}, 0))) AS locks)
    SELECT slot.output_id AS "outputId", slot.occasion, sample.locked
    FROM person CROSS JOIN review_slot slot
    LEFT JOIN LATERAL (
      SELECT true AS locked FROM sample
      WHERE sample.project_id = slot.project_id AND sample.output_id = slot.output_id AND person.locks = 1
      FOR NO KEY UPDATE) sample ON true
    WHERE slot.project_id = ${projectId}::uuid AND slot.id = ${slotId}::uuid`;
  const found = rows[0];
  if (!found)
    throw new AppError("GONE", "This item was removed and cannot be judged any more.", {
      reason: "item_gone",
    });
  return { outputId: found.outputId, occasion: found.occasion };
}

/** Where this person stands with an output: call it after `lockForRevision`. */
export async function readStanding(
  tx: Tx,
  { projectId, reviewerId, slotId }: SlotRef,
  submissionKey: string,
): Promise<Standing> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT epoch.clock = 'RECORDED' AS recorded,
      EXISTS (SELECT 1 FROM review_shown shown
        WHERE shown.project_id = slot.project_id AND shown.output_id = slot.output_id AND shown.occasion = slot.occasion
          AND shown.reviewer_id = ${reviewerId}::uuid) AS "shownFirst",
      (SELECT jsonb_build_object('revision', mine.revision, 'outcome', mine.outcome, 'primary', mine."primary")
       FROM review mine
       WHERE mine.project_id = slot.project_id AND mine.output_id = slot.output_id AND mine.occasion = slot.occasion
         AND mine.reviewer_id = ${reviewerId}::uuid
       ORDER BY mine.revision DESC LIMIT 1) AS latest,
      (SELECT jsonb_build_object('id', known.id, 'slotId', known.slot_id, 'revision', known.revision,
                'outcome', known.outcome, 'primary', known."primary")
       FROM review known
       WHERE known.project_id = slot.project_id AND known.reviewer_id = ${reviewerId}::uuid
         AND known.submission_key = ${submissionKey}::uuid) AS stored,
      (SELECT jsonb_build_object('answerSchemaId', seen.answer_schema_id, 'answer', seen.answer,
                'fieldResults', seen.field_results, 'score', seen.computed_score, 'verdict', seen.computed_verdict,
                'asksMore', form.definition @? '$.fields[*] ? (@.type == "rubric")')
       FROM review_reveal seen
       JOIN answer_schema form ON form.project_id = seen.project_id AND form.id = seen.answer_schema_id
       WHERE seen.project_id = slot.project_id AND seen.output_id = slot.output_id AND seen.occasion = slot.occasion
         AND seen.reviewer_id = ${reviewerId}::uuid) AS reveal,
      (SELECT count(*)::int FROM (
         SELECT 1 FROM review recent
         WHERE recent.project_id = slot.project_id AND recent.reviewer_id = ${reviewerId}::uuid
           AND recent.submitted_at > clock_timestamp() - interval '1 minute' LIMIT 60) AS few) AS "inLastMinute"
    FROM review_slot slot
    JOIN output ON output.project_id = slot.project_id AND output.id = slot.output_id
    JOIN epoch ON epoch.project_id = output.project_id AND epoch.id = output.epoch_id
    WHERE slot.project_id = ${projectId}::uuid AND slot.id = ${slotId}::uuid`;
  return standingRow.parse(rows[0]);
}
