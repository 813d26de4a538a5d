import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";

/** Weeks that are shown even when all of them is done. */
const RECENT_DAYS = 21;

const rowSchema = z.object({
  /** Monday, in the project's zone. */
  week: z.string(),
  stratum: z.string(),
  /** Samples that the plan counts on. */
  planned: z.number(),
  done: z.number(),
  /** Of the planned, how many lie before the first that nobody has judged: a valid random sample by themselves. */
  prefix: z.number(),
  due: z.number(),
  overdue: z.number(),
  /** Nobody judged them in time. */
  missed: z.number(),
  /** When the first of the due ones is served no longer. */
  servedUntil: z.date().nullable(),
});
export type PlanRow = z.output<typeof rowSchema>;

/** A planned look is overdue when half of the time in which it is served has passed. */
const OVERDUE_SHARE = 0.5;

/**
 * Samples of production and of quarantine with what the plan counts on in each stratum and epoch (random number below target / traffic), and when they
 * began to wait: when their epoch was over, or, of recorded history, closed.
 */
function plannedSql(
  projectId: string,
  timeZone: string,
  only: Prisma.Sql,
  settledUntil: Date | null = null,
): Prisma.Sql {
  return Prisma.sql`
    SELECT sample.output_id, sample.epoch_id, sample.stratum_id, sample.random_number,
      CASE WHEN sample.settled_at > ${settledUntil}::timestamptz THEN 'QUEUED' ELSE sample.state END AS state,
      date_trunc('week', epoch.starts_at AT TIME ZONE ${timeZone})::date AS week,
      CASE epoch.clock WHEN 'LIVE' THEN epoch.ends_at ELSE coalesce(epoch.closed_at, now()) END AS since, plan.maturity_days
    FROM epoch
    JOIN sampling_plan plan ON plan.project_id = epoch.project_id AND plan.id = epoch.plan_id
    JOIN stratum_epoch opened ON opened.project_id = epoch.project_id AND opened.epoch_id = epoch.id
    JOIN stratum ON stratum.project_id = opened.project_id AND stratum.id = opened.stratum_id
      AND stratum.phase IN ('PRODUCTION', 'HELD')
    JOIN sample ON sample.project_id = opened.project_id AND sample.epoch_id = opened.epoch_id
      AND sample.stratum_id = opened.stratum_id
      -- A stratum that is first seen today has no target before the day is over: until then all that was drawn counts. One bound, so
      -- that the index ends there.
      AND sample.random_number < CASE WHEN opened.target = 0 AND epoch.closed_at IS NULL THEN 'Infinity'
        ELSE opened.target / GREATEST(opened.population, 1) END
    WHERE epoch.project_id = ${projectId}::uuid ${only}`;
}

/**
 * What the plan counts on, by week and stratum, newest first: weeks of late, and older ones in which something is due. What was settled
 * after `settledUntil` counts as waiting.
 */
export async function readPlanProgress(ctx: Ctx, settledUntil: Date | null = null): Promise<PlanRow[]> {
  const { id: projectId, timeZone } = ctx.project;
  // What waits has an open look: these are few, and older samples many.
  const inView = Prisma.sql`AND epoch.id IN (
    SELECT id FROM epoch recent WHERE recent.project_id = ${projectId}::uuid
      AND recent.starts_at >= (SELECT max(starts_at) - make_interval(days => ${RECENT_DAYS}) FROM epoch newest
        WHERE newest.project_id = ${projectId}::uuid AND newest.starts_at <= ${ctx.now})
    UNION
    SELECT waiting.epoch_id FROM review_slot slot
    JOIN sample waiting ON waiting.project_id = slot.project_id AND waiting.output_id = slot.output_id AND waiting.state = 'QUEUED'
    WHERE slot.project_id = ${projectId}::uuid AND slot.state = 'OPEN' AND slot.occasion = 0)`;
  const rows = await ctx.db.$queryRaw`
    WITH planned AS MATERIALIZED (${plannedSql(projectId, timeZone, inView, settledUntil)}),
    gap AS (
      SELECT epoch_id, stratum_id, min(random_number) AS first FROM planned WHERE state IN ('QUEUED', 'WITHDRAWN') GROUP BY 1, 2)
    SELECT planned.week::text AS week,
      concat_ws(', ', nullif(concat_ws(' = ', nullif(stratum.attribute, ''), nullif(stratum.value, '')), ''),
        CASE WHEN stratum.phase = 'HELD' THEN 'in quarantine' WHEN stratum.flagged THEN 'flagged' END) AS stratum,
      count(*)::int AS planned,
      count(*) FILTER (WHERE planned.state IN ('SETTLED', 'UNSURE'))::int AS done,
      count(*) FILTER (WHERE gap.first IS NULL OR planned.random_number < gap.first)::int AS prefix,
      count(*) FILTER (WHERE planned.state = 'QUEUED')::int AS due,
      count(*) FILTER (WHERE planned.state = 'QUEUED' AND ${isOverdue(ctx.now)})::int AS overdue,
      count(*) FILTER (WHERE planned.state = 'WITHDRAWN')::int AS missed,
      min(planned.since + make_interval(days => maturity_days)) FILTER (WHERE planned.state = 'QUEUED') AS "servedUntil"
    FROM planned LEFT JOIN gap USING (epoch_id, stratum_id)
    JOIN stratum ON stratum.project_id = ${projectId}::uuid AND stratum.id = planned.stratum_id
    GROUP BY 1, 2 ORDER BY 1 DESC, 2 LIMIT 500`;
  return z.array(rowSchema).parse(rows);
}

function isOverdue(now: Date): Prisma.Sql {
  return Prisma.sql`planned.since < ${now}::timestamptz - make_interval(secs => planned.maturity_days * 86400 * ${OVERDUE_SHARE}::float8)`;
}

/**
 * A query for the planned looks that are due: project_id, output_id, slot_id, since, overdue. Everything that is said about what is
 * due rests on it.
 */
export function dueSql({ project, now }: Pick<Ctx, "project" | "now">): Prisma.Sql {
  return Prisma.sql`
    SELECT slot.output_id, slot.id AS slot_id, planned.since, ${isOverdue(now)} AS overdue
    FROM (${plannedSql(project.id, project.timeZone, Prisma.sql`AND sample.state = 'QUEUED'`)}) planned
    JOIN review_slot slot ON slot.project_id = ${project.id}::uuid AND slot.output_id = planned.output_id AND slot.occasion = 0
      AND slot.look = 1 AND slot.state = 'OPEN'`;
}
