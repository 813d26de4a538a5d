import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import type { AnswerSchemaVersion } from "./create-answer-schema";
import { type AnswerDefinition, answerDefinitionSchema } from "./schema";
import { valuesByPath, suggestDefinition } from "./suggest-definition";

/** Every version of what reviewers answer, newest first. */
export async function answerSchemaVersions(ctx: Ctx): Promise<AnswerSchemaVersion[]> {
  const versions = await ctx.db.answerSchema.findMany({
    where: { projectId: ctx.project.id },
    orderBy: { version: "desc" },
    omit: { projectId: true, createdBy: true },
  });
  return versions.map((each) => ({ ...each, definition: answerDefinitionSchema.parse(each.definition) }));
}

const text = z.string().transform((json) => JSON.parse(json) as unknown);
const outputRow = z.object({ externalId: z.string(), input: text, output: text, truth: text.nullable() });
export type RecentOutput = z.output<typeof outputRow>;

/** Real outputs to try a form on, newest first; with the newest truth known for each. */
export async function recentOutputs(ctx: Ctx, limit: number): Promise<RecentOutput[]> {
  const rows = await ctx.db.$queryRaw<unknown[]>`
    SELECT output.external_id AS "externalId", output.input::text, output.output::text,
           (SELECT truth.value::text FROM ground_truth truth
            WHERE truth.project_id = output.project_id AND truth.external_id = output.external_id
            ORDER BY truth.received_at DESC, truth.id DESC LIMIT 1) AS truth
    FROM output WHERE output.project_id = ${ctx.project.id}::uuid
    ORDER BY output.occurred_at DESC, output.id DESC LIMIT ${limit}`;
  return z.array(outputRow).parse(rows);
}

/** A form read off the newest outputs and the truths known for them; null when there is nothing to read it off. */
export async function suggestedDefinition(ctx: Ctx): Promise<AnswerDefinition | null> {
  const recent = await recentOutputs(ctx, 1_500);
  return suggestDefinition(
    recent.map((each) => each.output),
    recent.flatMap((each) => (each.truth === null ? [] : [each.truth])),
  );
}

export interface OutputPlace {
  /** A JSON pointer into the output. */
  path: string;
  /** A few of the values found there, the newest first. */
  examples: string[];
}

const MOST_PLACES = 100;
const MOST_EXAMPLES = 4;

/** Where recent outputs hold something that a field could be compared with. */
export function outputPlaces(outputs: readonly unknown[]): OutputPlace[] {
  return [...valuesByPath(outputs)].slice(0, MOST_PLACES).map(([path, values]) => ({
    path,
    examples: [...new Set(values.map((value) => String(value).slice(0, 60)))].slice(0, MOST_EXAMPLES),
  }));
}
