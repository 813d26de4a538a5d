import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { dryRunOf, type Retried, retryReview } from "./dry-run-answer-schema";
import { type AnswerDefinition, answerSchema } from "./schema";
import type { DryRun } from "./trial-schema";

/** The newest reviews say most about what comes; outputs are read in parts, because each may be large. */
const MOST_REVIEWS = 1_000;
const AT_ONCE = 100;

const verdict = z.enum(["CORRECT", "INCORRECT"]);
const reviewRow = z.object({
  outputId: z.string(),
  reference: z.string(),
  submittedAt: z.date(),
  version: z.number(),
  answer: answerSchema,
  output: z.string().transform((text) => JSON.parse(text) as unknown),
  computedVerdict: verdict,
  verdict,
});

/** What a form would have made of the newest reviews: each person's last word on what a sample needed. Nothing changes. */
export async function dryRun(ctx: Ctx, definition: AnswerDefinition, limit = MOST_REVIEWS): Promise<DryRun> {
  const found = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT review.id FROM review
    WHERE review.project_id = ${ctx.project.id}::uuid AND review.occasion = 0 AND review."primary" AND review.outcome = 'ANSWERED'
      AND NOT EXISTS (
        SELECT 1 FROM review later WHERE later.project_id = review.project_id AND later.output_id = review.output_id
          AND later.occasion = 0 AND later.reviewer_id = review.reviewer_id AND later.revision > review.revision)
    ORDER BY review.submitted_at DESC, review.id DESC LIMIT ${limit + 1}`;
  const ids = found.slice(0, limit).map((row) => row.id);
  const retried: Retried[] = [];
  for (let start = 0; start < ids.length; start += AT_ONCE)
    retried.push(...(await retryReviews(ctx, definition, ids.slice(start, start + AT_ONCE))));
  return { ...dryRunOf(definition, retried), all_looked_at: found.length <= limit };
}

async function retryReviews(
  ctx: Ctx,
  definition: AnswerDefinition,
  ids: readonly string[],
): Promise<Retried[]> {
  const rows = await ctx.db.$queryRaw<unknown[]>`
    SELECT review.output_id AS "outputId", coalesce(output.sent_id, output.external_id) AS reference, review.submitted_at AS "submittedAt", form.version,
      review.answer, output.output::text AS output, review.computed_verdict::text AS "computedVerdict", review.verdict::text
    FROM review
    JOIN output ON output.project_id = review.project_id AND output.id = review.output_id
    JOIN answer_schema form ON form.project_id = review.project_id AND form.id = review.answer_schema_id
    WHERE review.project_id = ${ctx.project.id}::uuid AND review.id = ANY(${[...ids]}::uuid[])
    ORDER BY review.submitted_at DESC, review.id DESC`;
  return rows.map((row) => retryReview(definition, reviewRow.parse(row)));
}
