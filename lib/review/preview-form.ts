import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { pointerValue } from "@/lib/core/json-pointer";
import { compareAnswer } from "./compare-answer";
import { fieldReadings } from "./field-reading";
import type { AnswerDefinition } from "./schema";
import type { FormPreview, previewRequestSchema } from "./trial-schema";

/** Newest outputs whose places are read, and how many of them can be chosen. */
const LOOKED_AT = 100;
const CHOICE = 20;

const json = z.string().transform((text) => JSON.parse(text) as unknown);
const outputRow = z.object({ id: z.string(), reference: z.string(), output: json });
const inputRow = outputRow.extend({ input: json });

/** A form tried on real outputs: what it finds in the newest, and how one of them is judged by an answer. Nothing changes. */
export async function previewForm(
  ctx: Ctx,
  { definition, output_id, answer }: z.output<typeof previewRequestSchema>,
): Promise<FormPreview> {
  const projectId = ctx.project.id;
  const rows = await ctx.db.$queryRaw<unknown[]>`
    SELECT id, external_id AS reference, output::text FROM output WHERE project_id = ${projectId}::uuid AND phase <> 'HELD'
    ORDER BY occurred_at DESC, id DESC LIMIT ${LOOKED_AT}`;
  const newest = z.array(outputRow).parse(rows);
  const id = output_id ?? newest[0]?.id ?? null;
  const found = await ctx.db.$queryRaw<unknown[]>`
    SELECT id, external_id AS reference, input::text, output::text FROM output
    WHERE project_id = ${projectId}::uuid AND id = ${id}::uuid`;
  const shown = z.array(inputRow).parse(found)[0] ?? null;
  const values = shown && outputValues(definition, shown.output);
  return {
    looked_at: newest.length,
    readings: fieldReadings(
      definition,
      newest.map((each) => each.output),
    ),
    outputs: newest.slice(0, CHOICE).map(({ id: each, reference }) => ({ id: each, reference })),
    shown: shown && values && { ...shown, output_values: values },
    revealed:
      shown && values && answer
        ? { ...judged(definition, answer, shown.output), output_values: values }
        : null,
  };
}

function judged(
  definition: AnswerDefinition,
  answer: NonNullable<FormPreview["revealed"]>["answer"],
  output: unknown,
) {
  const { fieldResults, score, verdict } = compareAnswer(definition, answer, output);
  return { answer, output, field_results: fieldResults, score, verdict };
}

function outputValues({ fields }: AnswerDefinition, output: unknown): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.key, pointerValue(output, field.output_path)]));
}
