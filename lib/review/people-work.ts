import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { localDay } from "@/lib/core/local-day";
import { Prisma } from "@/lib/db/generated/client";
import { type Reading, storedReading } from "@/lib/db/stored-reading";

/** The days before today that say how fast people are. */
const PACE_DAYS = 28;
const TIMED = 50;
const DAY_MS = 86_400_000;

const workSchema = z.object({
  userId: z.string(),
  /** This week, hand-picked outputs left out. */
  doneThisWeek: z.number(),
  activeSeconds: z.number(),
  lastAt: z.date().nullable(),
  /** First looks at samples on each of the last days, the oldest first; the last one is today. */
  daily: z.array(z.number()),
  /** Median active time of their newest looks. */
  secondsPerItem: z.number().nullable(),
});

/** What one person did of late, as JSON. */
export type PersonDone = Omit<z.output<typeof workSchema>, "lastAt"> & { lastAt: string | null };

/** The days that say how fast people are; the last one is today. */
export function paceDays({ now, project }: Pick<Ctx, "now" | "project">): { from: string; to: string } {
  const to = localDay(now, project.timeZone);
  return { from: new Date(Date.parse(to) - PACE_DAYS * DAY_MS).toISOString().slice(0, 10), to };
}

/** What everybody who reviews here did of late, as it is kept where there are many reviews. */
export function keptPeopleWork(ctx: Ctx, reviews: number): Promise<Reading<PersonDone[]>> {
  const asked = { kind: "people-work", ...paceDays(ctx), reviews } as const;
  return storedReading(ctx, asked, () => peopleWork(ctx, asked));
}

/** What everybody who reviews here did in some days up to today. Costs as much as they have reviews. */
export async function peopleWork(
  ctx: Ctx,
  { from, to }: { from: string; to: string },
): Promise<PersonDone[]> {
  const { id: projectId, timeZone } = ctx.project;
  const midnight = (day: Prisma.Sql) => Prisma.sql`(${day}::timestamp AT TIME ZONE ${timeZone})`;
  const since = midnight(Prisma.sql`${from}::date`);
  const rows = await ctx.db.$queryRaw`
    WITH day AS (SELECT at::date AS at FROM generate_series(${from}::date, ${to}::date, interval '1 day') AS series(at))
    SELECT membership.user_id AS "userId", week.*, pace.daily, pace.seconds AS "secondsPerItem"
    FROM membership
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE first_of_week)::int AS "doneThisWeek",
        coalesce(sum(active_ms) FILTER (WHERE first_of_week), 0)::float8 / 1000 AS "activeSeconds", max(submitted_at) AS "lastAt"
      FROM (
        SELECT DISTINCT ON (review.output_id, review.occasion) review.active_ms, review.submitted_at, review.outcome,
          review.submitted_at >= ${midnight(Prisma.sql`date_trunc('week', ${to}::date::timestamp)`)} AS first_of_week
        FROM review
        LEFT JOIN review_occasion picked ON picked.project_id = review.project_id AND picked.output_id = review.output_id
          AND picked.occasion = review.occasion
        WHERE review.project_id = ${projectId}::uuid AND review.reviewer_id = membership.user_id AND review.submitted_at >= ${since}
          AND coalesce(picked.kind <> 'DIAGNOSTIC', true)
        ORDER BY review.output_id, review.occasion, review.revision DESC) newest
      WHERE outcome IN ('ANSWERED', 'CANNOT_JUDGE')) week
    CROSS JOIN LATERAL (
      SELECT array_agg(coalesce(done.looks, 0) ORDER BY day.at) AS daily, (
          SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY active_ms) / 1000 FROM (
            SELECT active_ms FROM review WHERE project_id = ${projectId}::uuid AND reviewer_id = membership.user_id
              AND active_ms IS NOT NULL AND outcome IN ('ANSWERED', 'CANNOT_JUDGE')
            ORDER BY submitted_at DESC LIMIT ${TIMED}) timed) AS seconds
      FROM day LEFT JOIN (
        SELECT (review.submitted_at AT TIME ZONE ${timeZone})::date AS at, count(*)::int AS looks FROM review
        JOIN review_slot slot ON slot.project_id = review.project_id AND slot.id = review.slot_id AND slot.look = 1
        WHERE review.project_id = ${projectId}::uuid AND review.reviewer_id = membership.user_id AND review.occasion = 0
          AND review.revision = 1 AND review.outcome <> 'SKIPPED' AND review.outcome <> 'UNDONE'
          AND review.submitted_at >= ${since}
        GROUP BY 1) done ON done.at = day.at) pace
    WHERE membership.project_id = ${projectId}::uuid AND membership.role <> 'VIEWER'`;
  return z
    .array(workSchema)
    .parse(rows)
    .map(({ lastAt, ...work }) => ({ ...work, lastAt: lastAt?.toISOString() ?? null }));
}
