import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import * as z from "zod";
import type { ReviewerPace } from "./schema";

const NEWEST_REVIEWS = 500;
const RECENT_DAYS = 28;

const paceRow = z.tuple([
  z.object({
    seconds: z.number().nullable(),
    timed: z.number(),
    reviews: z.number(),
    reviewers: z.number(),
  }),
]);

/** How long a review takes, and how many were done in the last four weeks. Ids grow with time, so the newest are found by id. */
export async function reviewerPace(ctx: Ctx): Promise<ReviewerPace> {
  const projectId = ctx.project.id;
  const since = new Date(ctx.now.getTime() - RECENT_DAYS * 86_400_000);
  const isCounted = Prisma.sql`(review.project_id = ${projectId}::uuid AND review.submitted_at >= ${since} AND review.occasion = 0
    AND review.outcome IN ('ANSWERED', 'CANNOT_JUDGE'))`;
  const rows = await ctx.db.$queryRaw`
    WITH timed AS (
      SELECT active_ms FROM review WHERE project_id = ${projectId}::uuid AND active_ms IS NOT NULL
        AND outcome IN ('ANSWERED', 'CANNOT_JUDGE')
      ORDER BY id DESC LIMIT ${NEWEST_REVIEWS}
    ), counted AS MATERIALIZED (
      -- Person by person, an index alone answers.
      SELECT review.reviewer_id, review.output_id, review.revision FROM user_account person
      JOIN review ON review.reviewer_id = person.id AND ${isCounted}
    ), again AS (
      -- What somebody decided once more counts once; few are.
      SELECT count(*) AS reviews FROM counted WHERE revision > 1 AND EXISTS (
        SELECT 1 FROM review WHERE ${isCounted} AND review.output_id = counted.output_id
          AND review.reviewer_id = counted.reviewer_id AND review.revision < counted.revision)
    )
    SELECT (SELECT avg(active_ms) / 1000 FROM timed)::double precision AS seconds,
      (SELECT count(*) FROM timed)::int AS timed,
      ((SELECT count(*) FROM counted) - (SELECT reviews FROM again))::int AS reviews,
      (SELECT count(*) FROM (SELECT 1 FROM counted GROUP BY reviewer_id) people)::int AS reviewers`;
  return paceRow.parse(rows)[0];
}
