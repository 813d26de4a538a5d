import * as z from "zod";

import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { compareAnswer } from "./compare-answer";
import { isAskedLate } from "./rubric";
import { askedFirst, type ParsedAnswer, parseAnswer } from "./parse-answer";
import { type Answer, type AnswerDefinition, answerDefinitionSchema, type Comparison } from "./schema";

const row = z.object({ definition: answerDefinitionSchema, output: z.string() });

export interface JudgedAnswer {
  answerSchemaId: string;
  answer: Answer;
  comparison: Comparison;
  output: unknown;
}

/** What is asked about the output itself: not yet, now, or not at all because its author has not seen it. */
type Late = "not yet" | "asked" | "unseen";

/** Checks a stated answer against the version it was given for, and compares it with what a slot shows. */
export async function judgeAnswer(
  db: Db,
  slot: { projectId: string; slotId: string },
  stated: { answerSchemaId: string; answer: Record<string, unknown>; late: Late },
): Promise<JudgedAnswer> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT form.definition, coalesce(re_serving.shown_output, output.output)::text AS output
    FROM review_slot slot
    JOIN output ON output.project_id = slot.project_id AND output.id = slot.output_id
    LEFT JOIN review_occasion re_serving ON re_serving.project_id = slot.project_id
      AND re_serving.output_id = slot.output_id AND re_serving.occasion = slot.occasion
    JOIN answer_schema form ON form.project_id = slot.project_id AND form.id = ${stated.answerSchemaId}::uuid
    WHERE slot.project_id = ${slot.projectId}::uuid AND slot.id = ${slot.slotId}::uuid`;
  if (rows.length === 0)
    throw new AppError("GONE", "This item or this version of the form was removed.", { reason: "item_gone" });
  const found = row.parse(rows[0]);
  const parsed = parseStated(found.definition, stated);
  if (!parsed.ok) {
    throw new AppError("INVALID", "The answer is not complete.", {
      reason: "answer_invalid",
      fields: parsed.fields,
    });
  }
  const output = JSON.parse(found.output) as unknown;
  return {
    answerSchemaId: stated.answerSchemaId,
    answer: parsed.answer,
    comparison: compareAnswer(found.definition, parsed.answer, output),
    output,
  };
}

function parseStated(
  definition: AnswerDefinition,
  { answer, late }: { answer: Record<string, unknown>; late: Late },
): ParsedAnswer {
  if (late === "asked") return parseAnswer(definition, answer);
  const parsed = parseAnswer(askedFirst(definition), answer);
  const unseen = definition.fields.filter((field) => isAskedLate(field) && field.required);
  if (late === "not yet" || unseen.length === 0) return parsed;
  const missing = unseen.map(({ key, label }) => [
    key,
    `Please look at the output before you score “${label}”.`,
  ]);
  return { ok: false, fields: { ...(parsed.ok ? {} : parsed.fields), ...Object.fromEntries(missing) } };
}
