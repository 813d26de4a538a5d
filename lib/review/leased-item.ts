import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { pointerValue } from "@/lib/core/json-pointer";
import type { Db } from "@/lib/db/client";
import { blindArm } from "./blind-arm";
import { inputFlags, storedReasonsSchema } from "./input-flags";
import { readOpinions, type StatedOpinion } from "./read-opinions";
import { reviewerId } from "./reviewer";
import { type AnswerDefinition, answerDefinitionSchema, answerSchema, fieldResultSchema } from "./schema";
import type { InputFlag } from "./wire-schema";

/** What somebody who holds a slot may see before they have stated their answer: the input and the sender's own number of the case. */
export interface LeasedItem {
  slotId: string;
  /** The sender's id: with it a reviewer finds the case in the system it comes from. */
  reference: string;
  leaseToken: string;
  expiresAt: Date;
  secondsLeft: number;
  input: unknown;
  inputFlags: InputFlag[];
  form: { id: string; version: number; definition: AnswerDefinition; instructions: string };
  /** Set when this person has stated their answer before (a reload, an undo): it is fixed, and the output is no secret. */
  revealed: Revealed | null;
  /** The output, where it comes before the answer and that is not stated yet. */
  shown: Shown | null;
  /** Set when this person is to decide between two who differ. */
  opinions: StatedOpinion[] | null;
}

/** What the output says to each field of the form, by its key; left out where it says nothing. */
export interface Shown {
  output: unknown;
  outputValues: Record<string, unknown>;
}

export interface Revealed extends Shown {
  answer: z.output<typeof answerSchema>;
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
  reasons: storedReasonsSchema.nullable(),
  flags: z.array(z.string()),
  formId: z.string(),
  version: z.number(),
  definition: answerDefinitionSchema,
  instructions: z.string(),
  answer: answerSchema.nullable(),
  output: z.string().nullable(),
  fieldResults: z.array(fieldResultSchema).nullable(),
  score: z.number().nullable(),
  verdict: z.enum(["CORRECT", "INCORRECT"]).nullable(),
  deciding: z.boolean(),
  mode: z.enum(["BLIND_FIRST", "OUTPUT_FIRST"]),
});
type ItemRow = z.output<typeof itemRow>;

/**
 * The item behind a lease that this person holds now; null when the token is no longer theirs. The output is read only if they
 * have stated their answer or are to see it first, so that it cannot be in a response before that.
 */
export async function loadItem(
  ctx: Ctx,
  lease: { slotId: string; leaseToken: string },
  db: Db = ctx.db,
): Promise<LeasedItem | null> {
  let row = await readItem(ctx, lease, db);
  if (row && row.output === null && (row.deciding || (await outputComesFirst(ctx, row, db)))) {
    await noteShown(ctx, lease.slotId, db);
    row = await readItem(ctx, lease, db);
  }
  if (!row) return null;
  const stated = revealed(row);
  return {
    slotId: row.slotId,
    reference: row.reference,
    leaseToken: row.leaseToken,
    expiresAt: row.expiresAt,
    secondsLeft: row.secondsLeft,
    input: row.input,
    inputFlags: inputFlags(row.reasons ?? [], row.flags),
    form: {
      id: row.formId,
      version: row.version,
      definition: row.definition,
      instructions: row.instructions,
    },
    revealed: stated,
    shown: stated ? null : shown(row),
    opinions: row.deciding ? await readOpinions(db, { projectId: ctx.project.id, slotId: row.slotId }) : null,
  };
}

async function readItem(
  ctx: Ctx,
  lease: { slotId: string; leaseToken: string },
  db: Db,
): Promise<ItemRow | null> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT slot.id AS "slotId", coalesce(output.sent_id, output.external_id) AS reference, slot.lease_token AS "leaseToken", slot.lease_expires_at AS "expiresAt",
           extract(epoch FROM slot.lease_expires_at - clock_timestamp())::double precision AS "secondsLeft",
           output.input::text AS input, output.reasons, output.flags, form.id AS "formId", form.version, form.definition, form.instructions,
           reveal.answer, reveal.field_results AS "fieldResults", reveal.computed_score AS score,
           reveal.computed_verdict::text AS verdict, slot.occasion = 0 AND slot.look = 3 AS deciding,
           project.review_mode::text AS mode,
           CASE WHEN reveal.output_id IS NOT NULL OR shown.output_id IS NOT NULL
             THEN coalesce(re_serving.shown_output, output.output)::text END AS output
    FROM review_slot slot
    JOIN project ON project.id = slot.project_id
    JOIN output ON output.project_id = slot.project_id AND output.id = slot.output_id
    LEFT JOIN review_occasion re_serving ON re_serving.project_id = slot.project_id
      AND re_serving.output_id = slot.output_id AND re_serving.occasion = slot.occasion
    LEFT JOIN review_reveal reveal ON reveal.project_id = slot.project_id AND reveal.output_id = slot.output_id
      AND reveal.occasion = slot.occasion AND reveal.reviewer_id = slot.holder_id
    LEFT JOIN review_shown shown ON shown.project_id = slot.project_id AND shown.output_id = slot.output_id
      AND shown.occasion = slot.occasion AND shown.reviewer_id = slot.holder_id
    JOIN LATERAL (
      SELECT * FROM answer_schema each
      WHERE each.project_id = slot.project_id AND (reveal.answer_schema_id IS NULL OR each.id = reveal.answer_schema_id)
      ORDER BY each.version DESC LIMIT 1) form ON true
    WHERE slot.project_id = ${ctx.project.id}::uuid AND slot.id = ${lease.slotId}::uuid AND slot.state = 'OPEN'
      AND slot.holder_id = ${reviewerId(ctx)}::uuid AND slot.lease_token = ${lease.leaseToken}::uuid`;
  return rows.length > 0 ? itemRow.parse(rows[0]) : null;
}

async function outputComesFirst(ctx: Ctx, row: ItemRow, db: Db): Promise<boolean> {
  if (row.mode === "BLIND_FIRST") return false;
  const project = await db.project.findUniqueOrThrow({ where: { id: ctx.project.id } });
  return !blindArm(project)(row.reference);
}

/** Written before the output is read: whoever has this row may have seen it. */
async function noteShown(ctx: Ctx, slotId: string, db: Db): Promise<void> {
  await db.$executeRaw`
    INSERT INTO review_shown (project_id, output_id, occasion, reviewer_id, slot_id)
    SELECT slot.project_id, slot.output_id, slot.occasion, ${reviewerId(ctx)}::uuid, slot.id
    FROM review_slot slot WHERE slot.project_id = ${ctx.project.id}::uuid AND slot.id = ${slotId}::uuid
    ON CONFLICT (project_id, output_id, occasion, reviewer_id) DO NOTHING`;
}

function revealed(row: ItemRow): Revealed | null {
  const { answer, fieldResults, score, verdict } = row;
  const seen = shown(row);
  if (answer === null || !seen || fieldResults === null || score === null || verdict === null) return null;
  return { answer, ...seen, fieldResults, score, verdict };
}

function shown(row: ItemRow): Shown | null {
  if (row.output === null) return null;
  const output = JSON.parse(row.output) as unknown;
  const values = row.definition.fields.map((field) => [field.key, pointerValue(output, field.output_path)]);
  return { output, outputValues: Object.fromEntries(values) };
}
