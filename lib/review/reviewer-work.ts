import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import * as z from "zod";
import type { ReviewerWork } from "./people-schema";
import { type PeopleWindow, submittedIn, weekOfInstant } from "./people-window";

/** Decisions in a minute that nobody makes who looks: two seconds each, for a whole minute. */
const FAST_PER_MINUTE = 30;
/** An item that was on the screen for less was not read. */
const FAST_MS = 1_000;
/** One slip is not a habit. */
const FAST_SHARE = 0.1;
const FEWEST_FAST = 5;

const row = z.object({
  reviewerId: z.string(),
  name: z.string(),
  week: z.string(),
  judged: z.number(),
  cannotJudge: z.number(),
  handedOn: z.number(),
  medianSeconds: z.number().nullable(),
  timed: z.number(),
  activeHours: z.number(),
  fastMinutes: z.number(),
  fastItems: z.number(),
});

export interface PersonWork {
  reviewerId: string;
  name: string;
  /** Monday of the week, when asked by week. */
  week: string;
  work: ReviewerWork;
}

/**
 * What everybody did in the window, by name, or what one person did, as a whole or by week. Every kind of item is work, but for those
 * picked by hand to learn from; the newest revision of each counts.
 */
export async function reviewerWork(
  ctx: Ctx,
  window: PeopleWindow,
  ofOne?: { reviewerId: string; byWeek: boolean },
): Promise<PersonWork[]> {
  const week = ofOne?.byWeek ? weekOfInstant(ctx, Prisma.sql`submitted_at`) : Prisma.sql`''`;
  const only = ofOne ? Prisma.sql`AND review.reviewer_id = ${ofOne.reviewerId}::uuid` : Prisma.empty;
  const rows = await ctx.db.$queryRaw`
    WITH newest AS (
      SELECT DISTINCT ON (review.output_id, review.occasion, review.reviewer_id)
        review.reviewer_id, review.outcome, review.active_ms, review.submitted_at
      FROM review
      LEFT JOIN review_occasion re_serving ON re_serving.project_id = review.project_id
        AND re_serving.output_id = review.output_id AND re_serving.occasion = review.occasion
      WHERE review.project_id = ${ctx.project.id}::uuid AND ${submittedIn(ctx, window, Prisma.sql`review.submitted_at`)}
        AND re_serving.kind IS DISTINCT FROM 'DIAGNOSTIC' ${only}
      ORDER BY review.output_id, review.occasion, review.reviewer_id, review.revision DESC),
    decided AS (
      SELECT reviewer_id, ${week} AS week, outcome, active_ms, submitted_at, outcome <> 'SKIPPED' AS judged
      FROM newest WHERE outcome <> 'UNDONE'),
    hasty AS (
      SELECT reviewer_id, week, count(*)::int AS minutes FROM (
        SELECT reviewer_id, week FROM decided WHERE judged
        GROUP BY reviewer_id, week, date_trunc('minute', submitted_at) HAVING count(*) >= ${FAST_PER_MINUTE}) minute
      GROUP BY 1, 2),
    person AS (
      SELECT reviewer_id, week, count(*) FILTER (WHERE judged)::int AS judged,
        count(*) FILTER (WHERE outcome = 'CANNOT_JUDGE')::int AS "cannotJudge",
        count(*) FILTER (WHERE outcome = 'SKIPPED')::int AS "handedOn",
        percentile_cont(0.5) WITHIN GROUP (ORDER BY active_ms) FILTER (WHERE judged) / 1000 AS "medianSeconds",
        count(active_ms) FILTER (WHERE judged)::int AS timed,
        coalesce(sum(active_ms) FILTER (WHERE judged), 0)::float8 / 3600000 AS "activeHours",
        count(*) FILTER (WHERE judged AND active_ms < ${FAST_MS})::int AS "fastItems"
      FROM decided GROUP BY 1, 2)
    SELECT person.*, person.reviewer_id AS "reviewerId", account.name, coalesce(hasty.minutes, 0) AS "fastMinutes"
    FROM person JOIN user_account account ON account.id = person.reviewer_id
    LEFT JOIN hasty ON hasty.reviewer_id = person.reviewer_id AND hasty.week = person.week
    ORDER BY person.week, account.name, person.reviewer_id`;
  return z
    .array(row)
    .parse(rows)
    .map(({ reviewerId, name, week, ...facts }) => ({ reviewerId, name, week, work: workOf(facts) }));
}

function workOf(facts: Omit<z.output<typeof row>, "reviewerId" | "name" | "week">): ReviewerWork {
  const { timed, activeHours, fastMinutes, fastItems } = facts;
  const hasty = fastItems >= FEWEST_FAST && fastItems > FAST_SHARE * timed;
  return {
    judged: facts.judged,
    cannot_judge: facts.cannotJudge,
    handed_on: facts.handedOn,
    median_seconds: facts.medianSeconds,
    per_hour: activeHours > 0 ? timed / activeHours : null,
    active_hours: activeHours,
    fast_minutes: fastMinutes,
    fast_items: fastItems,
    too_fast: fastMinutes > 0 || hasty,
  };
}

/** Of somebody who did nothing in these days. */
export const NO_WORK: ReviewerWork = {
  judged: 0,
  cannot_judge: 0,
  handed_on: 0,
  median_seconds: null,
  per_hour: null,
  active_hours: 0,
  fast_minutes: 0,
  fast_items: 0,
  too_fast: false,
};
