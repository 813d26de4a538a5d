import { Prisma } from "@/lib/db/generated/client";

/**
 * What the samples and counters say about each stratum of some epochs: columns epoch_id, stratum_id, effective_rate, population,
 * candidates, processed, unsure. A sample is processed when it is settled or unsure; the smallest random number that nobody has
 * processed cuts the sample off (unfinished queues are samples at a lower rate).
 */
export function countStrataSql(projectId: string, epochs: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT opened.epoch_id, opened.stratum_id, cut.effective_rate,
      COALESCE((SELECT sum(outputs) FROM population_count counted
        WHERE counted.project_id = opened.project_id AND counted.epoch_id = opened.epoch_id
          AND counted.stratum_id = opened.stratum_id AND attribute = '' AND value = ''), 0)::bigint
      + COALESCE((SELECT sum(outputs) FROM population_delta delta
        WHERE delta.project_id = opened.project_id AND delta.epoch_id = opened.epoch_id
          AND delta.stratum_id = opened.stratum_id AND attribute = '' AND value = ''), 0)::bigint AS population,
      tally.candidates, tally.processed, tally.unsure
    FROM stratum_epoch opened
    CROSS JOIN LATERAL (
      SELECT LEAST(opened.rate, min(random_number)) AS effective_rate FROM sample
      WHERE sample.project_id = opened.project_id AND sample.epoch_id = opened.epoch_id
        AND sample.stratum_id = opened.stratum_id AND sample.state IN ('QUEUED', 'WITHDRAWN')
    ) cut
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS candidates,
        (count(*) FILTER (WHERE random_number < cut.effective_rate))::int AS processed,
        (count(*) FILTER (WHERE random_number < cut.effective_rate AND state = 'UNSURE'))::int AS unsure
      FROM sample
      WHERE sample.project_id = opened.project_id AND sample.epoch_id = opened.epoch_id
        AND sample.stratum_id = opened.stratum_id AND random_number < opened.rate
    ) tally
    WHERE opened.project_id = ${projectId}::uuid AND opened.epoch_id IN (${epochs})`;
}
