import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { readTotals } from "@/lib/estimate/read-cells";
import { keptPeopleWork } from "@/lib/review/people-work";
import type { ReviewerPace } from "./schema";

const NEWEST_REVIEWS = 500;
const RECENT_DAYS = 28;

const timeRow = z.tuple([z.object({ seconds: z.number().nullable(), timed: z.number() })]);

/**
 * How long a review takes, and what those who review here did in the last four weeks. Only first looks are counted, as a plan's reviews
 * a week are; where there are many, the count may be of ten minutes ago.
 */
export async function reviewerPace(ctx: Ctx): Promise<ReviewerPace> {
  const [time, { production }] = await Promise.all([
    timeOfReviews(ctx),
    readTotals(ctx.db, ctx.project.id, { attribute: "", value: "" }),
  ]);
  const { value: people } = await keptPeopleWork(ctx, production.reviews);
  const looks = people
    .map(({ daily }) => daily.slice(-RECENT_DAYS).reduce((sum, count) => sum + count, 0))
    .filter((count) => count > 0);
  return { ...time, reviews: looks.reduce((sum, count) => sum + count, 0), reviewers: looks.length };
}

/** Ids grow with time, so the newest are found by id. */
async function timeOfReviews(ctx: Ctx): Promise<Pick<ReviewerPace, "seconds" | "timed">> {
  const rows = await ctx.db.$queryRaw`
    SELECT (avg(active_ms) / 1000)::double precision AS seconds, count(*)::int AS timed FROM (
      SELECT active_ms FROM review WHERE project_id = ${ctx.project.id}::uuid AND active_ms IS NOT NULL
        AND outcome IN ('ANSWERED', 'CANNOT_JUDGE')
      ORDER BY id DESC LIMIT ${NEWEST_REVIEWS}) newest`;
  return timeRow.parse(rows)[0];
}
