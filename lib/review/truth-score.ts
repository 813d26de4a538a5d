import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import type { GoldCounts } from "@/lib/stats/gold-accuracy";
import * as z from "zod";
import { type PeopleWindow, submittedIn } from "./people-window";

const countsRow = z.object({
  wrong: z.number(),
  wrongCalledWrong: z.number(),
  right: z.number(),
  rightCalledRight: z.number(),
});

/** How one person's verdicts compare with truth that the sender gave later and that settles samples. */
export async function truthScore(ctx: Ctx, window: PeopleWindow, reviewerId: string): Promise<GoldCounts> {
  const rows = await ctx.db.$queryRaw`
    SELECT count(*) FILTER (WHERE truth = 'INCORRECT')::int AS wrong,
      count(*) FILTER (WHERE truth = 'INCORRECT' AND verdict = 'INCORRECT')::int AS "wrongCalledWrong",
      count(*) FILTER (WHERE truth = 'CORRECT')::int AS "right",
      count(*) FILTER (WHERE truth = 'CORRECT' AND verdict = 'CORRECT')::int AS "rightCalledRight"
    FROM (
      SELECT DISTINCT ON (review.output_id) review.outcome, review.verdict, sample.verdict AS truth, review.submitted_at
      FROM sample
      JOIN review ON review.project_id = sample.project_id AND review.output_id = sample.output_id AND review.occasion = 0
        AND review.reviewer_id = ${reviewerId}::uuid
      WHERE sample.project_id = ${ctx.project.id}::uuid AND sample.settled_by = 'truth'
      ORDER BY review.output_id, review.revision DESC) newest
    WHERE outcome = 'ANSWERED' AND ${submittedIn(ctx, window, Prisma.sql`submitted_at`)}`;
  return z.tuple([countsRow]).parse(rows)[0];
}
