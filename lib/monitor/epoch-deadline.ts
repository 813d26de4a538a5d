import { Prisma } from "@/lib/db/generated/client";
import { MOST_OF_PLAN, PATIENCE_DAYS } from "./cohort-closing";

/** As long as it may rest, recorded history is at the start of the newest epoch that its sender has opened. */
const RECORDED_REST = Prisma.sql`interval '1 hour'`;

/** Milliseconds since 1970 at which an id was made: the first 48 bits of a UUIDv7. */
const idTime = (id: Prisma.Sql) =>
  Prisma.sql`('x' || lpad(left(replace(${id}::text, '-', ''), 12), 16, '0'))::bit(64)::bigint`;

/**
 * The clock of a project's recorded history as a table `clock (recorded)` of one row: recorded epochs go by the calendar of their
 * records, so that a replay of two years does not take two years; when the sender has opened no new epoch for an hour, time goes on.
 */
export function recordedClockSql(projectId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    LATERAL (
      SELECT max(starts_at) + GREATEST(interval '0', now() - ${RECORDED_REST}
        - to_timestamp(max(${idTime(Prisma.sql`newest.id`)}) / 1000.0)) AS recorded
      FROM epoch newest WHERE newest.project_id = ${projectId} AND newest.clock = 'RECORDED'
    ) clock`;
}

/** With epoch, its sampling_plan as `plan`, and `clock`: its samples have had the time that the plan gives them. */
export const pastDeadlineSql = Prisma.sql`
  (epoch.ends_at + plan.maturity_days * interval '1 day'
    <= CASE epoch.clock WHEN 'LIVE' THEN now() ELSE clock.recorded END)`;

/** Likewise: it ended so long ago that most of what was planned is enough. */
export const pastPatienceSql = Prisma.sql`
  (epoch.ends_at + ${PATIENCE_DAYS} * interval '1 day' <= CASE epoch.clock WHEN 'LIVE' THEN now() ELSE clock.recorded END)`;

/**
 * Likewise: a cohort can be made of it whether or not reviewers have finished. The effective rates, which stop at the first unfinished
 * sample, never reach further than the served prefixes do.
 */
export const timeIsOverSql = Prisma.sql`
  (${pastDeadlineSql} OR (${pastPatienceSql} AND epoch.closed_at IS NOT NULL AND (
    SELECT sum(LEAST(opened.effective_rate * opened.population, opened.target)) >= ${MOST_OF_PLAN} * sum(LEAST(opened.rate * opened.population, opened.target))
    FROM stratum_epoch opened
    JOIN stratum ON stratum.project_id = opened.project_id AND stratum.id = opened.stratum_id
    WHERE opened.project_id = epoch.project_id AND opened.epoch_id = epoch.id AND opened.population > 0
      AND stratum.phase = 'PRODUCTION' AND stratum.attribute <> '$truth')))`;

/** Production traffic that was counted in an epoch: without any there is nothing to watch. */
export const hasTrafficSql = Prisma.sql`
  EXISTS (SELECT 1 FROM stratum_epoch opened
    JOIN stratum ON stratum.project_id = opened.project_id AND stratum.id = opened.stratum_id
    WHERE opened.project_id = epoch.project_id AND opened.epoch_id = epoch.id AND opened.population > 0
      AND stratum.phase = 'PRODUCTION' AND stratum.attribute <> '$truth')`;
