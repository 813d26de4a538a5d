import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { admits } from "./eligible";
import { Prisma } from "@/lib/db/generated/client";
import { dueSql } from "./queue-plan";
import { skillsSchema } from "./reviewer-schema";

/** The days before today that say how fast people are. */
export const PACE_DAYS = 28;

const personSchema = z.object({
  userId: z.string(),
  name: z.string(),
  role: z.enum(["MANAGER", "REVIEWER"]),
  paused: z.boolean(),
  targetPerWeek: z.number().nullable(),
  skills: skillsSchema,
  /** This week, hand-picked outputs left out. */
  doneThisWeek: z.number(),
  activeSeconds: z.number(),
  lastAt: z.date().nullable(),
  /** Planned looks that they may take and have not had, and how many of them are overdue. */
  due: z.number(),
  overdue: z.number(),
  /** First looks at samples on each of the last days, the oldest first; the last one is today. */
  daily: z.array(z.number()),
  /** Median active time of their newest looks. */
  secondsPerItem: z.number().nullable(),
});
export type QueuePerson = z.output<typeof personSchema>;

/** Everybody who reviews here: what they are given, what they did this week, and what waits for them. */
export async function readQueuePeople(ctx: Ctx): Promise<QueuePerson[]> {
  const { id: projectId, timeZone } = ctx.project;
  const local = (instant: Prisma.Sql) => Prisma.sql`(${instant} AT TIME ZONE ${timeZone})`;
  const today = Prisma.sql`${local(Prisma.sql`${ctx.now}::timestamptz`)}::date`;
  const rows = await ctx.db.$queryRaw`
    WITH due AS MATERIALIZED (
      SELECT due.*, output.segments FROM (${dueSql(ctx)}) due
      JOIN output ON output.project_id = ${projectId}::uuid AND output.id = due.output_id LIMIT 5000),
    day AS (SELECT at::date AS at FROM generate_series(${today} - ${PACE_DAYS}::int, ${today}, interval '1 day') AS series(at))
    SELECT person.id AS "userId", person.name, membership.role::text AS role, coalesce(setting.paused, false) AS paused,
      setting.target_per_week AS "targetPerWeek", coalesce(setting.skills, '{}') AS skills,
      week.*, waits.*, pace.daily, pace.seconds AS "secondsPerItem"
    FROM membership JOIN user_account person ON person.id = membership.user_id AND person.disabled_at IS NULL
    LEFT JOIN reviewer_setting setting ON setting.project_id = membership.project_id AND setting.user_id = membership.user_id
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE first_of_week)::int AS "doneThisWeek",
        coalesce(sum(active_ms) FILTER (WHERE first_of_week), 0)::float8 / 1000 AS "activeSeconds", max(submitted_at) AS "lastAt"
      FROM (
        SELECT DISTINCT ON (review.output_id, review.occasion) review.active_ms, review.submitted_at, review.outcome,
          review.submitted_at >= date_trunc('week', ${today}::timestamp) AT TIME ZONE ${timeZone} AS first_of_week
        FROM review
        LEFT JOIN review_occasion picked ON picked.project_id = review.project_id AND picked.output_id = review.output_id
          AND picked.occasion = review.occasion
        WHERE review.project_id = ${projectId}::uuid AND review.reviewer_id = person.id
          AND review.submitted_at >= (${today} - ${PACE_DAYS}::int)::timestamp AT TIME ZONE ${timeZone}
          AND coalesce(picked.kind <> 'DIAGNOSTIC', true)
        ORDER BY review.output_id, review.occasion, review.revision DESC) newest
      WHERE outcome IN ('ANSWERED', 'CANNOT_JUDGE')) week
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS due, count(*) FILTER (WHERE output.overdue)::int AS overdue FROM due output
      WHERE ${admits(Prisma.sql`coalesce(setting.skills, '{}')`)}
        AND NOT EXISTS (SELECT 1 FROM review mine WHERE mine.project_id = ${projectId}::uuid AND mine.output_id = output.output_id
          AND mine.occasion = 0 AND mine.reviewer_id = person.id)) waits
    CROSS JOIN LATERAL (
      SELECT array_agg(coalesce(done.looks, 0) ORDER BY day.at) AS daily, (
          SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY active_ms) / 1000 FROM (
            SELECT active_ms FROM review WHERE project_id = ${projectId}::uuid AND reviewer_id = person.id
              AND active_ms IS NOT NULL AND outcome IN ('ANSWERED', 'CANNOT_JUDGE')
            ORDER BY submitted_at DESC LIMIT 50) timed) AS seconds
      FROM day LEFT JOIN (
        SELECT ${local(Prisma.sql`review.submitted_at`)}::date AS at, count(*)::int AS looks FROM review
        JOIN review_slot slot ON slot.project_id = review.project_id AND slot.id = review.slot_id AND slot.look = 1
        WHERE review.project_id = ${projectId}::uuid AND review.reviewer_id = person.id AND review.occasion = 0
          AND review.revision = 1 AND review.outcome <> 'SKIPPED' AND review.outcome <> 'UNDONE'
          AND review.submitted_at >= (${today} - ${PACE_DAYS}::int)::timestamp AT TIME ZONE ${timeZone}
        GROUP BY 1) done ON done.at = day.at) pace
    WHERE membership.project_id = ${projectId}::uuid AND membership.role <> 'VIEWER'
    ORDER BY person.name, person.id`;
  return z.array(personSchema).parse(rows);
}
