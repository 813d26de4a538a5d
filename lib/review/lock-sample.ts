import * as z from "zod";

import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";

const outcome = z.enum(["ANSWERED", "CANNOT_JUDGE", "SKIPPED", "UNDONE"]);

const standingRow = z.object({
  recorded: z.boolean(),
  /** This person's newest revision on this output. */
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

/**
 * Makes the revisions of one person, and those of one sample, one after the other: first the person's lock, then the sample's row.
 * Read what depends on them in a later statement: only that one sees what the holder before committed. Returns the output's id.
 */
export async function lockForRevision(tx: Tx, { projectId, reviewerId, slotId }: SlotRef): Promise<string> {
  const rows = await tx.$queryRaw<{ outputId: string }[]>`
    WITH person AS MATERIALIZED (
      SELECT pg_advisory_xact_lock(hashtextextended(${`review:${projectId}:${reviewerId}`}, 0)) AS held)
    SELECT sample.output_id AS "outputId"
    FROM person, review_slot slot
    JOIN sample ON sample.project_id = slot.project_id AND sample.output_id = slot.output_id
    WHERE slot.project_id = ${projectId}::uuid AND slot.id = ${slotId}::uuid
    FOR NO KEY UPDATE OF sample`;
  const found = rows[0];
  if (!found) throw new AppError("NOT_FOUND", "This item does not exist.");
  return found.outputId;
}

/** Where this person stands with an output: call it after `lockForRevision`. */
export async function readStanding(
  tx: Tx,
  { projectId, reviewerId, slotId }: SlotRef,
  submissionKey: string,
): Promise<Standing> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT epoch.clock = 'RECORDED' AS recorded,
      (SELECT jsonb_build_object('revision', mine.revision, 'outcome', mine.outcome, 'primary', mine."primary")
       FROM review mine
       WHERE mine.project_id = slot.project_id AND mine.output_id = slot.output_id AND mine.reviewer_id = ${reviewerId}::uuid
       ORDER BY mine.revision DESC LIMIT 1) AS latest,
      (SELECT jsonb_build_object('id', known.id, 'slotId', known.slot_id, 'revision', known.revision,
                'outcome', known.outcome, 'primary', known."primary")
       FROM review known
       WHERE known.project_id = slot.project_id AND known.reviewer_id = ${reviewerId}::uuid
         AND known.submission_key = ${submissionKey}::uuid) AS stored,
      (SELECT jsonb_build_object('answerSchemaId', seen.answer_schema_id, 'answer', seen.answer,
                'fieldResults', seen.field_results, 'score', seen.computed_score, 'verdict', seen.computed_verdict)
       FROM review_reveal seen
       WHERE seen.project_id = slot.project_id AND seen.output_id = slot.output_id
         AND seen.reviewer_id = ${reviewerId}::uuid) AS reveal,
      (SELECT count(*)::int FROM (
         SELECT 1 FROM review recent
         WHERE recent.project_id = slot.project_id AND recent.reviewer_id = ${reviewerId}::uuid
           AND recent.submitted_at > clock_timestamp() - interval '1 minute' LIMIT 60) AS few) AS "inLastMinute"
    FROM review_slot slot
    JOIN sample ON sample.project_id = slot.project_id AND sample.output_id = slot.output_id
    JOIN epoch ON epoch.project_id = sample.project_id AND epoch.id = sample.epoch_id
    WHERE slot.project_id = ${projectId}::uuid AND slot.id = ${slotId}::uuid`;
  return standingRow.parse(rows[0]);
}
