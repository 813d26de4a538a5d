import type { Ctx } from "@/lib/core/ctx";
import { groupBy } from "@/lib/core/group-by";
import { Prisma } from "@/lib/db/generated/client";
import * as z from "zod";
import { type PeopleWindow, submittedIn, weekOfInstant } from "./people-window";

const opinionRow = z.object({
  outputId: z.string(),
  reviewerId: z.string(),
  /** Monday of the week in which it was submitted. */
  week: z.string(),
  /** Made for one of the looks that were drawn; else by somebody whose lease had gone to another. */
  drawn: z.boolean(),
  right: z.boolean(),
  /** What a third person decided; null when none did. */
  decided: z.boolean().nullable(),
});
export type Opinion = z.output<typeof opinionRow>;

/** An output on which at least two people gave a verdict without knowing of each other. */
export interface JudgedTwice {
  opinions: Opinion[];
  decided: boolean | null;
}

/**
 * Outputs with independent verdicts in the window: newest revisions of first and second looks, lost leases included; of all outputs, or
 * of those that one person judged.
 */
export async function readJudgedTwice(
  ctx: Ctx,
  window: PeopleWindow,
  reviewerId?: string,
): Promise<JudgedTwice[]> {
  const within = submittedIn(ctx, window, Prisma.sql`review.submitted_at`);
  const only =
    reviewerId === undefined
      ? Prisma.empty
      : Prisma.sql`AND review.output_id IN (SELECT mine.output_id FROM review mine WHERE mine.project_id = ${ctx.project.id}::uuid
          AND mine.reviewer_id = ${reviewerId}::uuid AND ${submittedIn(ctx, window, Prisma.sql`mine.submitted_at`)})`;
  const rows = await ctx.db.$queryRaw`
    WITH newest AS (
      SELECT DISTINCT ON (review.output_id, review.reviewer_id) review.output_id, review.reviewer_id, review.outcome,
        review.verdict, review."primary", review.submitted_at, slot.look
      FROM review JOIN review_slot slot ON slot.project_id = review.project_id AND slot.id = review.slot_id AND slot.look < 3
      WHERE review.project_id = ${ctx.project.id}::uuid AND review.occasion = 0
        AND ${within} ${only}
      ORDER BY review.output_id, review.reviewer_id, review.revision DESC),
    opinion AS (
      SELECT *, count(*) OVER (PARTITION BY output_id) AS opinions FROM newest
      WHERE outcome = 'ANSWERED' AND verdict IN ('CORRECT', 'INCORRECT'))
    SELECT opinion.output_id AS "outputId", opinion.reviewer_id AS "reviewerId", opinion."primary" AS drawn,
      ${weekOfInstant(ctx, Prisma.sql`opinion.submitted_at`)} AS week, opinion.verdict = 'CORRECT' AS "right",
      third.verdict = 'CORRECT' AS decided
    FROM opinion
    LEFT JOIN LATERAL (
      SELECT CASE WHEN review.outcome = 'ANSWERED' THEN review.verdict END AS verdict
      FROM review_slot slot JOIN review ON review.project_id = slot.project_id AND review.slot_id = slot.id AND review."primary"
      WHERE slot.project_id = ${ctx.project.id}::uuid AND slot.output_id = opinion.output_id AND slot.occasion = 0 AND slot.look = 3
      ORDER BY review.revision DESC LIMIT 1) third ON true
    WHERE opinions >= 2
    ORDER BY opinion.output_id, opinion."primary" DESC, opinion.look, opinion.reviewer_id`;
  const byOutput = groupBy(z.array(opinionRow).parse(rows), (opinion) => opinion.outputId);
  return [...byOutput.values()].map((opinions) => ({ opinions, decided: opinions[0]?.decided ?? null }));
}
