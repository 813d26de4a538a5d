import * as z from "zod";

import { newId } from "@/lib/core/id";
import type { Tx } from "@/lib/db/client";
import type { LookedAt, SlotRef, Standing } from "./lock-sample";
import type { ReviewMode, Severity } from "./wire-schema";
import type { Answer, FieldResult } from "./schema";

export interface Revision {
  outcome: "ANSWERED" | "CANNOT_JUDGE" | "SKIPPED";
  answerSchemaId: string;
  answer: Answer | null;
  fieldResults: FieldResult[] | null;
  computedScore: number | null;
  computedVerdict: "CORRECT" | "INCORRECT" | null;
  verdict: "CORRECT" | "INCORRECT" | null;
  score: number | null;
  reason: string | null;
  overruleReason: string | null;
  comment: string | null;
  errorTags: readonly string[];
  severity: Severity | null;
  correction: unknown;
  mode: ReviewMode;
  activeMs: number | null;
  submissionKey: string;
  /** Of simulated history only; null = now, by the database's clock. */
  submittedAt: Date | null;
}

const inserted = z.object({ id: z.string(), revision: z.number(), primary: z.boolean() });

/**
 * Ends a lease and appends what was decided under it, in one statement. The token decides: when the row carries it still, the slot
 * is done (or, after a skip, free for others) and the review is primary; else the slot is not touched and the review is an extra.
 */
export async function appendRevision(
  tx: Tx,
  ref: SlotRef & LookedAt & { leaseToken: string },
  standing: Pick<Standing, "latest">,
  revision: Revision,
): Promise<z.output<typeof inserted>> {
  const skipped = revision.outcome === "SKIPPED";
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  const rows = await tx.$queryRaw<unknown[]>`
    WITH ended AS (
      UPDATE review_slot
      SET state = CASE WHEN ${skipped} THEN 'OPEN' ELSE 'DONE' END::slot_state,
          holder_id = CASE WHEN ${skipped} THEN NULL ELSE holder_id END,
          lease_token = CASE WHEN ${skipped} THEN NULL ELSE lease_token END,
          lease_expires_at = CASE WHEN ${skipped} THEN NULL ELSE lease_expires_at END
      WHERE project_id = ${ref.projectId}::uuid AND id = ${ref.slotId}::uuid AND state = 'OPEN'
        AND holder_id = ${ref.reviewerId}::uuid AND lease_token = ${ref.leaseToken}::uuid
      RETURNING 1)
    INSERT INTO review (project_id, id, output_id, occasion, slot_id, reviewer_id, revision, outcome, "primary", answer_schema_id,
      answer, reason, field_results, computed_score, computed_verdict, verdict, score, overrule_reason, comment,
      error_tags, severity, correction, mode, submission_key, active_ms, submitted_at)
    VALUES (${ref.projectId}::uuid, ${newId()}::uuid, ${ref.outputId}::uuid, ${ref.occasion}::int, ${ref.slotId}::uuid,
      ${ref.reviewerId}::uuid, ${(standing.latest?.revision ?? 0) + 1}::int, ${revision.outcome}::review_outcome, EXISTS (SELECT 1 FROM ended),
      ${revision.answerSchemaId}::uuid, ${json(revision.answer)}::jsonb, ${revision.reason},
      ${json(revision.fieldResults)}::jsonb, ${revision.computedScore}, ${revision.computedVerdict}::verdict,
      ${revision.verdict}::verdict, ${revision.score}, ${revision.overruleReason}, ${revision.comment},
      ${[...revision.errorTags]}::text[], ${revision.severity}, ${json(revision.correction)}::jsonb, ${revision.mode},
      ${revision.submissionKey}::uuid, ${revision.activeMs},
      coalesce(${revision.submittedAt}::timestamptz, clock_timestamp()))
    RETURNING id, revision, "primary"`;
  return inserted.parse(rows[0]);
}
