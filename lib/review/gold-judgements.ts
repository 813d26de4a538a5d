import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import * as z from "zod";
import { type PeopleWindow, submittedIn, weekOfInstant } from "./people-window";

const verdict = z.enum(["CORRECT", "INCORRECT"]);
const row = z.object({
  outputId: z.string(),
  reference: z.string(),
  expected: verdict,
  /** Null: it could not be judged. */
  said: verdict.nullable(),
  seededField: z.string().nullable(),
  /** Monday of its week. */
  week: z.string(),
  submittedAt: z.date(),
});
export type GoldJudgement = z.output<typeof row>;

/** Known items as one person judged them, the newest first; mistaken ones are left out. */
export async function goldJudgements(
  ctx: Ctx,
  window: PeopleWindow,
  reviewerId: string,
): Promise<GoldJudgement[]> {
  const rows = await ctx.db.$queryRaw`
    SELECT "outputId", reference, expected, CASE outcome WHEN 'ANSWERED' THEN verdict END AS said, "seededField",
      ${weekOfInstant(ctx, Prisma.sql`submitted_at`)} AS week, submitted_at AS "submittedAt"
    FROM (
      SELECT DISTINCT ON (review.output_id, review.occasion) review.output_id AS "outputId", coalesce(output.sent_id, output.external_id) AS reference,
        gold.expected_verdict::text AS expected, review.outcome, review.verdict::text, gold.seeded_field AS "seededField",
        review.submitted_at
      FROM review_occasion gold
      JOIN review ON review.project_id = gold.project_id AND review.output_id = gold.output_id
        AND review.occasion = gold.occasion AND review.reviewer_id = ${reviewerId}::uuid
      JOIN output ON output.project_id = gold.project_id AND output.id = gold.output_id
      WHERE gold.project_id = ${ctx.project.id}::uuid AND gold.kind = 'GOLD' AND NOT gold.mistaken
      ORDER BY review.output_id, review.occasion, review.revision DESC) newest
    WHERE outcome IN ('ANSWERED', 'CANNOT_JUDGE') AND ${submittedIn(ctx, window, Prisma.sql`submitted_at`)}
    ORDER BY submitted_at DESC`;
  return z.array(row).parse(rows);
}
