import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { countStrataSql } from "@/lib/estimate/count-strata";
import * as z from "zod";
import { pastDeadlineSql, pastPatienceSql, recordedClockSql } from "./epoch-deadline";

const waitingRow = z.object({
  epochId: z.uuid(),
  settled: z.boolean(),
  pastPatience: z.boolean(),
  pastDeadline: z.boolean(),
  stratumId: z.uuid(),
  rate: z.number(),
  target: z.number(),
  population: z.number(),
  outputIds: z.array(z.uuid()),
  randomNumbers: z.array(z.number()),
  sourceProbabilities: z.array(z.number()),
  finals: z.array(z.boolean()),
  scores: z.array(z.number().nullable()),
});

export type WaitingStratum = z.output<typeof waitingRow>;

/**
 * The production strata of epochs that no cohort was made of yet, in the order of the epochs, each with its candidates in the order of
 * their random numbers; one statement, so that rates, volumes and labels are of one moment. An unsure sample is final when nobody is
 * to look at it any more.
 */
export async function readWaitingEpochs(
  tx: Tx,
  projectId: string,
  epochIds: readonly string[],
): Promise<WaitingStratum[]> {
  const ids = Prisma.sql`SELECT unnest(${[...epochIds]}::uuid[])`;
  const inOrder = Prisma.sql`ORDER BY sample.random_number, output.external_id COLLATE "C"`;
  const rows = await tx.$queryRaw`
    SELECT epoch.id AS "epochId", epoch.closed_at IS NOT NULL AS settled, COALESCE(${pastDeadlineSql}, false) AS "pastDeadline",
      COALESCE(${pastPatienceSql}, false) AS "pastPatience",
      opened.stratum_id AS "stratumId", opened.rate, opened.target, candidate.*,
      GREATEST(counted.population, cardinality(candidate."outputIds"))::float8 AS population
    FROM epoch
    JOIN sampling_plan plan ON plan.project_id = epoch.project_id AND plan.id = epoch.plan_id
    CROSS JOIN ${recordedClockSql(Prisma.sql`${projectId}::uuid`)}
    JOIN stratum_epoch opened ON opened.project_id = epoch.project_id AND opened.epoch_id = epoch.id
    JOIN stratum ON stratum.project_id = opened.project_id AND stratum.id = opened.stratum_id
      AND stratum.phase = 'PRODUCTION' AND stratum.attribute <> '$truth'
    JOIN (${countStrataSql(projectId, ids)}) counted
      ON counted.epoch_id = opened.epoch_id AND counted.stratum_id = opened.stratum_id
    CROSS JOIN LATERAL (
      SELECT COALESCE(array_agg(sample.output_id::text ${inOrder}), '{}') AS "outputIds",
        COALESCE(array_agg(sample.random_number ${inOrder}), '{}') AS "randomNumbers",
        COALESCE(array_agg(output.source_probability ${inOrder}), '{}') AS "sourceProbabilities",
        COALESCE(array_agg(${finalSql} ${inOrder}), '{}') AS finals,
        COALESCE(array_agg(CASE sample.state WHEN 'SETTLED' THEN sample.score END ${inOrder}), '{}') AS scores
      FROM sample JOIN output ON output.project_id = sample.project_id AND output.id = sample.output_id
      WHERE sample.project_id = opened.project_id AND sample.epoch_id = opened.epoch_id
        AND sample.stratum_id = opened.stratum_id AND sample.random_number < opened.rate
    ) candidate
    WHERE epoch.project_id = ${projectId}::uuid AND epoch.id IN (${ids})
      AND NOT EXISTS (SELECT 1 FROM cohort WHERE cohort.project_id = epoch.project_id AND cohort.epoch_id = epoch.id)
    ORDER BY epoch.starts_at, epoch.id, opened.stratum_id`;
  return z.array(waitingRow).parse(rows);
}

/** Of a row called `sample`. */
export const finalSql = Prisma.sql`
  (sample.state = 'SETTLED' OR (sample.state = 'UNSURE' AND NOT EXISTS (
    SELECT 1 FROM review_slot slot WHERE slot.project_id = sample.project_id AND slot.output_id = sample.output_id
      AND slot.occasion = 0 AND slot.state = 'OPEN')))`;
