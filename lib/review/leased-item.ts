import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { pointerValue } from "@/lib/core/json-pointer";
import type { Db } from "@/lib/db/client";
import { reviewerId } from "./reviewer";
import { type AnswerDefinition, answerDefinitionSchema, answerSchema, fieldResultSchema } from "./schema";

/** What somebody who holds a slot may see before they have stated their answer: the input and the sender's own number of the case. */
export interface LeasedItem {
  slotId: string;
  /** The sender's id: with it a reviewer finds the case in the system it comes from. */
  reference: string;
  leaseToken: string;
  expiresAt: Date;
  secondsLeft: number;
  input: unknown;
  form: { id: string; version: number; definition: AnswerDefinition; instructions: string };
  /** Set when this person has stated their answer before (a reload, an undo): it is fixed, and the output is no secret. */
  revealed: Revealed | null;
}

export interface Revealed {
  answer: z.output<typeof answerSchema>;
  output: unknown;
  /** What the output says to each field of the form, by its key; left out where it says nothing. */
  outputValues: Record<string, unknown>;
  fieldResults: z.output<typeof fieldResultSchema>[];
  score: number;
  verdict: "CORRECT" | "INCORRECT";
}

const itemRow = z.object({
  slotId: z.string(),
  reference: z.string(),
  leaseToken: z.string(),
  expiresAt: z.date(),
  secondsLeft: z.number(),
  input: z.string().transform((text) => JSON.parse(text) as unknown),
  formId: z.string(),
  version: z.number(),
  definition: answerDefinitionSchema,
  instructions: z.string(),
  answer: answerSchema.nullable(),
  output: z.string().nullable(),
  fieldResults: z.array(fieldResultSchema).nullable(),
  score: z.number().nullable(),
  verdict: z.enum(["CORRECT", "INCORRECT"]).nullable(),
});

/**
 * The item behind a lease that this person holds now; null when the token is no longer theirs. The output is read only if they
 * have stated their answer, so that it cannot be in a response before that.
 */
export async function loadItem(
  ctx: Ctx,
  lease: { slotId: string; leaseToken: string },
  db: Db = ctx.db,
): Promise<LeasedItem | null> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT slot.id AS "slotId", output.external_id AS reference, slot.lease_token AS "leaseToken", slot.lease_expires_at AS "expiresAt",
           extract(epoch FROM slot.lease_expires_at - clock_timestamp())::double precision AS "secondsLeft",
           output.input::text AS input, form.id AS "formId", form.version, form.definition, form.instructions,
           reveal.answer, reveal.field_results AS "fieldResults", reveal.computed_score AS score,
           reveal.computed_verdict::text AS verdict,
           CASE WHEN reveal.output_id IS NOT NULL THEN coalesce(re_serving.shown_output, output.output)::text END AS output
    FROM review_slot slot
    JOIN output ON output.project_id = slot.project_id AND output.id = slot.output_id
    LEFT JOIN review_occasion re_serving ON re_serving.project_id = slot.project_id
      AND re_serving.output_id = slot.output_id AND re_serving.occasion = slot.occasion
    LEFT JOIN review_reveal reveal ON reveal.project_id = slot.project_id AND reveal.output_id = slot.output_id
      AND reveal.occasion = slot.occasion AND reveal.reviewer_id = slot.holder_id
    JOIN LATERAL (
      SELECT * FROM answer_schema each
      WHERE each.project_id = slot.project_id AND (reveal.answer_schema_id IS NULL OR each.id = reveal.answer_schema_id)
      ORDER BY each.version DESC LIMIT 1) form ON true
    WHERE slot.project_id = ${ctx.project.id}::uuid AND slot.id = ${lease.slotId}::uuid AND slot.state = 'OPEN'
      AND slot.holder_id = ${reviewerId(ctx)}::uuid AND slot.lease_token = ${lease.leaseToken}::uuid`;
  if (rows.length === 0) return null;
  const row = itemRow.parse(rows[0]);
  return {
    slotId: row.slotId,
    reference: row.reference,
    leaseToken: row.leaseToken,
    expiresAt: row.expiresAt,
    secondsLeft: row.secondsLeft,
    input: row.input,
    form: {
      id: row.formId,
      version: row.version,
      definition: row.definition,
      instructions: row.instructions,
    },
    revealed: revealed(row),
  };
}

function revealed(row: z.output<typeof itemRow>): Revealed | null {
  const { answer, output, fieldResults, score, verdict } = row;
  if (answer === null || output === null || fieldResults === null || score === null || verdict === null)
    return null;
  const whole = JSON.parse(output) as unknown;
  const values = row.definition.fields.map((field) => [field.key, pointerValue(whole, field.output_path)]);
  return { answer, output: whole, outputValues: Object.fromEntries(values), fieldResults, score, verdict };
}
