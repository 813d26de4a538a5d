import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import * as z from "zod";
import { hasTrafficSql } from "./epoch-deadline";
import { finalSql } from "./read-waiting-epochs";
import type { MonitoringState } from "./schema";

/** Evaluations end each minute even when there is nothing to do: two of them missing are no accident. */
const STALE_AFTER = Prisma.sql`interval '3 minutes'`;

const standing = z.tuple([
  z.object({
    planId: z.string().nullable(),
    evaluatedAt: z.date().nullable(),
    stale: z.boolean().nullable(),
    cohorts: z.number(),
    fed: z.number(),
    newestDay: z.string().nullable(),
    outputs: z.boolean(),
    upToDate: z.boolean(),
    waiting: z.object({ day: z.string(), reviews: z.number() }).nullable(),
  }),
]);

/** Whether the monitors run, and what they wait for. Times are the database's. */
export async function monitoringState({
  db,
  project,
}: Pick<Ctx, "db" | "project">): Promise<MonitoringState> {
  const rows = await db.$queryRaw`
    SELECT newest.id AS "planId", run.evaluated_at AS "evaluatedAt",
      COALESCE(run.evaluated_at, newest.created_at) < now() - ${STALE_AFTER} AS stale,
      (SELECT count(*) FROM cohort WHERE project_id = project.id)::int AS cohorts,
      (SELECT count(*) FROM cohort WHERE project_id = project.id
        AND sequence BETWEEN newest.first_sequence AND run.fed_sequence)::int AS fed,
      (SELECT max(day)::text FROM cohort WHERE project_id = project.id) AS "newestDay",
      EXISTS (SELECT 1 FROM epoch WHERE epoch.project_id = project.id AND ${hasTrafficSql}) AS outputs,
      NOT EXISTS (SELECT 1 FROM epoch WHERE epoch.project_id = project.id AND evaluate)
        AND NOT EXISTS (SELECT 1 FROM cohort WHERE cohort.project_id = project.id AND sequence > run.fed_sequence) AS "upToDate",
      (${oldestWaitingSql}) AS waiting
    FROM project
    LEFT JOIN LATERAL (SELECT * FROM monitor_plan WHERE project_id = project.id ORDER BY version DESC LIMIT 1) newest ON true
    LEFT JOIN monitor_run run ON run.project_id = project.id AND run.plan_id = newest.id
    WHERE project.id = ${project.id}::uuid`;
  const [row] = standing.parse(rows);
  return {
    state: stateOf(row),
    reason: row.planId ? null : !row.outputs ? "no_outputs" : row.cohorts === 0 ? "no_cohort" : "no_boundary",
    evaluated_at: row.evaluatedAt?.toISOString() ?? null,
    cohorts: row.cohorts,
    fed: row.fed,
    newest_day: row.newestDay,
    oldest_waiting: row.waiting,
    up_to_date: row.upToDate,
  };
}

function stateOf({ planId, stale, fed }: z.output<typeof standing>[0]): MonitoringState["state"] {
  if (!planId) return "none";
  if (stale) return "stale";
  return fed > 0 ? "watching" : "waiting";
}

/** In each stratum 95 % of the candidates that the plan counts on have to be final (see served-prefix.ts and cohort-closing.ts). */
const oldestWaitingSql = Prisma.sql`
  SELECT jsonb_build_object('day', (oldest.starts_at AT TIME ZONE project.time_zone)::date, 'reviews', COALESCE((
    SELECT sum(GREATEST(0, (19 * served.candidates + 19) / 20 - served.final))
    FROM stratum_epoch opened
    JOIN stratum ON stratum.project_id = opened.project_id AND stratum.id = opened.stratum_id
      AND stratum.phase = 'PRODUCTION' AND stratum.attribute <> '$truth'
    CROSS JOIN LATERAL (
      SELECT count(*) AS candidates, count(*) FILTER (WHERE ${finalSql}) AS final FROM sample
      WHERE sample.project_id = opened.project_id AND sample.epoch_id = opened.epoch_id
        AND sample.stratum_id = opened.stratum_id
        AND sample.random_number < LEAST(opened.rate, opened.target / opened.population)
    ) served
    WHERE opened.project_id = oldest.project_id AND opened.epoch_id = oldest.id AND opened.population > 0), 0))
  FROM (
    SELECT * FROM epoch WHERE epoch.project_id = project.id AND closed_at IS NOT NULL AND ${hasTrafficSql}
      AND NOT EXISTS (SELECT 1 FROM cohort WHERE cohort.project_id = epoch.project_id AND cohort.epoch_id = epoch.id)
    ORDER BY starts_at, id LIMIT 1) oldest`;
