import { OTHER_VALUE } from "@/lib/core/segment-value";
import { Prisma } from "@/lib/db/generated/client";

/** Expands a day into the three periods that hold it; weeks start on Monday. */
const periodsOfDay = (day: Prisma.Sql) => Prisma.sql`(VALUES
  ('DAY'::period_kind, ${day}), ('WEEK'::period_kind, date_trunc('week', ${day}::timestamp)::date),
  ('MONTH'::period_kind, date_trunc('month', ${day}::timestamp)::date)) AS placed(period_kind, period_start)`;

/** The periods in which outputs of some epochs lie. */
export function touchedPeriods(projectId: string, epochIds: readonly string[]): Prisma.Sql {
  const ids = [...epochIds];
  return Prisma.sql`
    SELECT DISTINCT period_kind, period_start FROM ${counters} counter CROSS JOIN LATERAL ${periodsOfDay(Prisma.sql`day`)}
    WHERE project_id = ${projectId}::uuid AND epoch_id = ANY(${ids}::uuid[])`;
}

/** Every period in which an output lies. */
export function everyPeriod(projectId: string): Prisma.Sql {
  return Prisma.sql`
    SELECT DISTINCT period_kind, period_start FROM ${counters} counter CROSS JOIN LATERAL ${periodsOfDay(Prisma.sql`day`)}
    WHERE project_id = ${projectId}::uuid`;
}

/** Counters that are folded and those that are not yet: an output is counted from the moment it is stored. */
const counters = Prisma.sql`(
  SELECT project_id, epoch_id, stratum_id, day, attribute, value, outputs, weight FROM population_count
  UNION ALL
  SELECT project_id, epoch_id, stratum_id, day, attribute, value, outputs, weight FROM population_delta)`;

/**
 * Common table expressions that compute the estimate cells of the periods named by `periods` (a query for period_kind and
 * period_start) from raw rows; the last one is called `fresh` and has the columns of estimate_cell but project_id.
 */
export function freshCellsSql(projectId: string, periods: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    period AS MATERIALIZED (${periods}),
    period_day AS MATERIALIZED (
      SELECT DISTINCT day::date AS day FROM period CROSS JOIN LATERAL generate_series(period_start::timestamp,
        CASE period_kind WHEN 'DAY' THEN period_start::timestamp WHEN 'WEEK' THEN period_start + interval '6 days'
          ELSE period_start + interval '1 month' - interval '1 day' END, interval '1 day') AS series(day)
    ),
    counted AS MATERIALIZED (
      SELECT epoch_id, stratum_id, day, attribute, value, sum(outputs)::double precision AS outputs, sum(weight) AS weight
      FROM ${counters} counter JOIN period_day USING (day) WHERE project_id = ${projectId}::uuid GROUP BY 1, 2, 3, 4, 5
    ),
    ${foldedSql(projectId)},
    traffic AS MATERIALIZED (
      SELECT epoch_id, stratum_id, day, attribute, ${SHOWN_VALUE} AS value, sum(outputs) AS outputs, sum(weight) AS weight
      FROM counted sent LEFT JOIN crowded USING (epoch_id, attribute) LEFT JOIN own_value USING (epoch_id, attribute, value)
      -- What was moved to another stratum is subtracted here: nothing may be left.
      GROUP BY 1, 2, 3, 4, 5 HAVING sum(outputs) > 0
    ),
    ${stageSql(projectId)},
    ${sumsSql(projectId)},
    crowd AS (
      SELECT period_kind, period_start, attribute, value, phase, stratum_id, sum(weight) AS population,
        COALESCE(sum(weight) FILTER (WHERE unaudited), 0) AS unaudited_population,
        COALESCE(max(weight / outputs / effective_rate) FILTER (WHERE NOT unaudited), 0) AS possible_weight
      FROM traffic JOIN stage USING (epoch_id, stratum_id)
      CROSS JOIN LATERAL ${periodsOfDay(Prisma.sql`day`)} JOIN period USING (period_kind, period_start)
      GROUP BY 1, 2, 3, 4, 5, 6
    ),
    fresh AS MATERIALIZED (
      SELECT period_kind, period_start, attribute, value, phase, stratum_id,
        COALESCE(observations, 0) AS observations, COALESCE(sums.outputs, 0) AS outputs,
        COALESCE(sum_weight, 0) AS sum_weight, COALESCE(sum_weight2, 0) AS sum_weight2,
        COALESCE(sum_weight_score, 0) AS sum_weight_score, COALESCE(sum_weight2_score, 0) AS sum_weight2_score,
        COALESCE(sum_weight2_score2, 0) AS sum_weight2_score2, GREATEST(largest_weight, possible_weight) AS max_weight,
        COALESCE(unsure_outputs, 0) AS unsure_outputs, COALESCE(unsure_weight, 0) AS unsure_weight,
        population, unaudited_population
      FROM crowd LEFT JOIN sums USING (period_kind, period_start, attribute, value, phase, stratum_id)
    )`;
}

/**
 * Where an epoch has more values of an attribute than are counted by themselves (see fold-counts.ts), `crowded`, and the values that
 * are, `own_value`. Counters that are not folded yet and reviews follow the same rule, so that each cell has its own traffic and reviews.
 */
function foldedSql(projectId: string): Prisma.Sql {
  return Prisma.sql`
    crowded AS MATERIALIZED (
      SELECT DISTINCT epoch_id, attribute, true AS is_crowded FROM population_count
      WHERE project_id = ${projectId}::uuid AND epoch_id IN (SELECT epoch_id FROM counted) AND attribute <> '' AND value = ${OTHER_VALUE}
    ),
    own_value AS MATERIALIZED (
      SELECT DISTINCT epoch_id, attribute, value, true AS is_own FROM population_count JOIN crowded USING (epoch_id, attribute)
      WHERE project_id = ${projectId}::uuid
    )`;
}

/** Of rows called `sent` that are joined to those two. */
const SHOWN_VALUE = Prisma.sql`CASE WHEN is_crowded AND is_own IS NULL THEN ${OTHER_VALUE} ELSE sent.value END`;

/**
 * The strata of the epochs in view. One is unaudited when it has candidates, none of them was processed, and reviewers had not
 * come as far in that epoch; with no candidate, or with none below the keys that were served, chance alone chose nobody there.
 */
function stageSql(projectId: string): Prisma.Sql {
  return Prisma.sql`
    opened AS MATERIALIZED (
      SELECT epoch_id, stratum_id, phase, rate, effective_rate, candidates, processed, stratum.attribute = '$truth' AS census,
        (SELECT max(random_number) / rate FROM sample
          WHERE sample.project_id = stratum_epoch.project_id AND sample.epoch_id = stratum_epoch.epoch_id
            AND sample.stratum_id = stratum_epoch.stratum_id AND random_number < effective_rate) AS served_key
      FROM stratum_epoch JOIN stratum ON stratum.project_id = stratum_epoch.project_id AND stratum.id = stratum_epoch.stratum_id
      WHERE stratum_epoch.project_id = ${projectId}::uuid AND epoch_id IN (SELECT epoch_id FROM traffic)
    ),
    stage AS MATERIALIZED (
      SELECT *, effective_rate <= 0 OR (NOT census AND candidates > 0 AND processed = 0 AND COALESCE(
        effective_rate / rate < max(served_key) FILTER (WHERE NOT census) OVER (PARTITION BY epoch_id, phase), true)) AS unaudited
      FROM opened
    )`;
}

/** Sums over observations: an output, or all outputs of a cluster that fall into one stratum, segment value and period. */
function sumsSql(projectId: string): Prisma.Sql {
  return Prisma.sql`
    judged AS MATERIALIZED (
      SELECT stage.phase, sample.stratum_id, sample.state, sample.score, member.day, member.epoch_id, member.segments, member.own,
        CASE WHEN output.cluster IS NULL THEN 'o' || output.id ELSE 'c' || output.cluster END AS unit,
        1 / (LEAST(1, stage.effective_rate * (1 + output.copies)) * member.source_probability) AS weight
      FROM stage JOIN sample ON sample.project_id = ${projectId}::uuid AND sample.epoch_id = stage.epoch_id
        AND sample.stratum_id = stage.stratum_id AND sample.random_number < stage.effective_rate
        AND sample.state IN ('SETTLED', 'UNSURE')
      JOIN output ON output.project_id = ${projectId}::uuid AND output.id = sample.output_id
      -- It stands for its copies, each on its own day and in its own segments.
      CROSS JOIN LATERAL (
        SELECT output.day, output.epoch_id, output.segments, output.source_probability, true AS own
        UNION ALL
        SELECT copy.day, copy.epoch_id, copy.segments, copy.source_probability, false FROM output copy
        WHERE output.copies > 0 AND copy.project_id = output.project_id AND copy.copy_of = output.id) member
      WHERE member.day IN (SELECT day FROM period_day)
    ),
    unit AS (
      SELECT period_kind, period_start, sent.attribute, ${SHOWN_VALUE} AS value, phase, stratum_id, unit,
        count(*) FILTER (WHERE state = 'SETTLED' AND own) AS outputs, sum(weight) FILTER (WHERE state = 'SETTLED') AS weight,
        sum(weight * score) FILTER (WHERE state = 'SETTLED') AS weight_score,
        count(*) FILTER (WHERE state = 'UNSURE' AND own) AS unsure_outputs, sum(weight) FILTER (WHERE state = 'UNSURE') AS unsure_weight
      FROM judged
      CROSS JOIN LATERAL ${periodsOfDay(Prisma.sql`day`)} JOIN period USING (period_kind, period_start)
      CROSS JOIN LATERAL (
        SELECT epoch_id, '' AS attribute, '' AS value
        UNION ALL SELECT epoch_id, key, each.value FROM jsonb_each_text(segments) each) sent
      LEFT JOIN crowded ON crowded.epoch_id = sent.epoch_id AND crowded.attribute = sent.attribute
      LEFT JOIN own_value ON own_value.epoch_id = sent.epoch_id AND own_value.attribute = sent.attribute AND own_value.value = sent.value
      GROUP BY 1, 2, 3, 4, 5, 6, 7
    ),
    sums AS (
      SELECT period_kind, period_start, attribute, value, phase, stratum_id, count(weight)::int AS observations,
        sum(outputs)::int AS outputs, sum(weight) AS sum_weight, sum(weight * weight) AS sum_weight2,
        sum(weight_score) AS sum_weight_score, sum(weight * weight_score) AS sum_weight2_score,
        sum(weight_score * weight_score) AS sum_weight2_score2, max(weight) AS largest_weight,
        sum(unsure_outputs)::int AS unsure_outputs, sum(unsure_weight) AS unsure_weight
      FROM unit GROUP BY 1, 2, 3, 4, 5, 6
    )`;
}
