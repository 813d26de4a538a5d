import type { Ctx } from "@/lib/core/ctx";
import { type GoldAccuracy, type GoldCounts, goldAccuracy } from "@/lib/stats/gold-accuracy";
import { Prisma } from "@/lib/db/generated/client";
import * as z from "zod";
import { type PeopleWindow, submittedIn } from "./people-window";
import { reviewerId } from "./reviewer";

const scoreRow = z.object({
  reviewerId: z.string(),
  name: z.string(),
  wrong: z.number(),
  wrongCalledWrong: z.number(),
  right: z.number(),
  rightCalledRight: z.number(),
  cannotJudge: z.number(),
});

/** How somebody judged the known items that they were served. */
export interface GoldScore {
  reviewerId: string;
  name: string;
  counts: GoldCounts;
  /** Known items that they said cannot be judged: in none of the counts. */
  cannotJudge: number;
  /** Null when they have judged none. */
  accuracy: GoldAccuracy | null;
}

/**
 * Everybody who was served known items, by name. The newest revision of each counts; items that turned out to be mistaken count for
 * nobody.
 */
export async function goldScores(ctx: Ctx, window?: PeopleWindow): Promise<GoldScore[]> {
  const within = window ? submittedIn(ctx, window, Prisma.sql`newest.submitted_at`) : Prisma.sql`true`;
  const rows = z.array(scoreRow).parse(
    await ctx.db.$queryRaw`
      WITH newest AS (
        SELECT DISTINCT ON (review.output_id, review.occasion, review.reviewer_id)
          review.reviewer_id, review.outcome, review.verdict, review.submitted_at, gold.expected_verdict AS expected
        FROM review_occasion gold
        JOIN review ON review.project_id = gold.project_id AND review.output_id = gold.output_id
          AND review.occasion = gold.occasion
        WHERE gold.project_id = ${ctx.project.id}::uuid AND gold.kind = 'GOLD' AND NOT gold.mistaken
        ORDER BY review.output_id, review.occasion, review.reviewer_id, review.revision DESC)
      SELECT newest.reviewer_id AS "reviewerId", person.name,
        count(*) FILTER (WHERE outcome = 'ANSWERED' AND expected = 'INCORRECT')::int AS wrong,
        count(*) FILTER (WHERE outcome = 'ANSWERED' AND expected = 'INCORRECT' AND verdict = 'INCORRECT')::int AS "wrongCalledWrong",
        count(*) FILTER (WHERE outcome = 'ANSWERED' AND expected = 'CORRECT')::int AS "right",
        count(*) FILTER (WHERE outcome = 'ANSWERED' AND expected = 'CORRECT' AND verdict = 'CORRECT')::int AS "rightCalledRight",
        count(*) FILTER (WHERE outcome = 'CANNOT_JUDGE')::int AS "cannotJudge"
      FROM newest JOIN user_account person ON person.id = newest.reviewer_id
      WHERE newest.outcome IN ('ANSWERED', 'CANNOT_JUDGE') AND ${within}
      GROUP BY newest.reviewer_id, person.name
      ORDER BY person.name, newest.reviewer_id`,
  );
  return rows.map(({ reviewerId, name, cannotJudge, ...counts }) => ({
    reviewerId,
    name,
    counts,
    cannotJudge,
    accuracy: goldAccuracy(counts),
  }));
}

/** Fewer known items say nothing to anybody. */
const FEWEST = 10;

/**
 * What reviewers are told about themselves: how many known items they judged as expected, up to the end of last week. A number that moved
 * at once would tell which item was a known one. Null when there were too few.
 */
export async function ownGoldScore(ctx: Ctx): Promise<{ n: number; asExpected: number } | null> {
  const { id: projectId, timeZone } = ctx.project;
  const rows = await ctx.db.$queryRaw<{ n: number; asExpected: number }[]>`
    SELECT count(*)::int AS n, count(*) FILTER (WHERE verdict = expected)::int AS "asExpected" FROM (
      SELECT DISTINCT ON (review.output_id, review.occasion) review.outcome, review.verdict, gold.expected_verdict AS expected
      FROM review_occasion gold
      JOIN review ON review.project_id = gold.project_id AND review.output_id = gold.output_id
        AND review.occasion = gold.occasion AND review.reviewer_id = ${reviewerId(ctx)}::uuid
      WHERE gold.project_id = ${projectId}::uuid AND gold.kind = 'GOLD' AND NOT gold.mistaken
        AND review.submitted_at < date_trunc('week', ${ctx.now}::timestamptz AT TIME ZONE ${timeZone}) AT TIME ZONE ${timeZone}
      ORDER BY review.output_id, review.occasion, review.revision DESC) newest
    WHERE outcome = 'ANSWERED'`;
  const score = rows[0];
  return score && score.n >= FEWEST ? score : null;
}
