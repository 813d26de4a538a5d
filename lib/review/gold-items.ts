import type { Ctx } from "@/lib/core/ctx";
import * as z from "zod";
import { goldFits } from "./known-answer";
import { type AnswerDefinition, answerSchema } from "./schema";

const SHOWN_ITEMS = 200;

const itemRow = z.object({
  outputId: z.string(),
  occasion: z.number(),
  reference: z.string(),
  truth: answerSchema,
  shown: z.string().transform((text) => JSON.parse(text) as unknown),
  expectedVerdict: z.enum(["CORRECT", "INCORRECT"]),
  seededField: z.string().nullable(),
  createdAt: z.date(),
  retiredAt: z.date().nullable(),
  mistaken: z.boolean(),
  /** People who have judged it, and how many of them as expected. */
  judged: z.number(),
  asExpected: z.number(),
  /** People for whom it waits. */
  waiting: z.number(),
});

export interface GoldItem extends z.output<typeof itemRow> {
  /** Whether it still means by the form in force what it was made for; else it is not served. */
  fits: boolean;
}

/** The known items of a project, those in service first, then the newest. */
export async function goldItems(ctx: Ctx, definition: AnswerDefinition): Promise<GoldItem[]> {
  const rows = await ctx.db.$queryRaw`
    SELECT gold.output_id AS "outputId", gold.occasion, coalesce(output.sent_id, output.external_id) AS reference, gold.truth,
      coalesce(gold.shown_output, output.output)::text AS shown, gold.expected_verdict::text AS "expectedVerdict",
      gold.seeded_field AS "seededField", gold.created_at AS "createdAt", gold.retired_at AS "retiredAt", gold.mistaken,
      judged.*, (
        SELECT count(*)::int FROM review_slot slot WHERE slot.project_id = gold.project_id AND slot.output_id = gold.output_id
          AND slot.occasion = gold.occasion AND slot.state = 'OPEN') AS waiting
    FROM review_occasion gold
    JOIN output ON output.project_id = gold.project_id AND output.id = gold.output_id
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS judged, count(*) FILTER (WHERE verdict = gold.expected_verdict)::int AS "asExpected" FROM (
        SELECT DISTINCT ON (review.reviewer_id) review.outcome, review.verdict FROM review
        WHERE review.project_id = gold.project_id AND review.output_id = gold.output_id AND review.occasion = gold.occasion
        ORDER BY review.reviewer_id, review.revision DESC) newest
      WHERE outcome = 'ANSWERED') judged
    WHERE gold.project_id = ${ctx.project.id}::uuid AND gold.kind = 'GOLD'
    ORDER BY gold.retired_at IS NOT NULL, gold.created_at DESC, gold.output_id LIMIT ${SHOWN_ITEMS}`;
  return z
    .array(itemRow)
    .parse(rows)
    .map((row) => ({ ...row, fits: goldFits(definition, row) }));
}
