import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import * as z from "zod";
import type { CohortStratum } from "./least-probability";

const labelTuple = z.tuple([
  z.string(),
  z.string().nullable(),
  z.number(),
  z.number(),
  z.number().nullable(),
  z.record(z.string(), z.string()),
  z.number(),
  z.number(),
]);

const stratumRow = z.object({
  attribute: z.string(),
  value: z.string(),
  planned: z.number().nullable(),
  drawn: z.number().nullable(),
  served: z.number(),
  labelled: z.number(),
});

const cohortRow = z.object({
  sequence: z.number(),
  day: z.string(),
  labels: z.array(labelTuple),
  strata: z.array(stratumRow),
});

export interface ClosedLabel {
  externalId: string;
  cluster: string | null;
  randomNumber: number;
  inclusionProbability: number;
  score: number | null;
  /** The attributes that the output carries. */
  carried: Readonly<Record<string, string>>;
  /** Of its stratum in this cohort: all of them, and those that had a label when it closed. */
  prefix: ClosedPrefix;
}

interface ClosedPrefix {
  served: number;
  labelled: number;
}

/** Null where no row was kept, or no sample came. */
export interface ClosedStratum extends CohortStratum {
  prefix: ClosedPrefix;
}

export interface ClosedCohort {
  sequence: number;
  day: string;
  labels: ClosedLabel[];
  strata: ClosedStratum[];
}

/** The cohorts from one sequence to another, both counted, with their strata and labels as they are frozen. */
export async function readCohorts(
  tx: Tx,
  projectId: string,
  { from, to }: { from: number; to: number },
): Promise<ClosedCohort[]> {
  const rows = await tx.$queryRaw`
    SELECT sequence, day::text, COALESCE((
      SELECT json_agg(json_build_array(output.external_id, output.cluster, label.random_number, label.inclusion_probability,
        label.score, output.segments, label.served, label.labelled))
      FROM (
        SELECT *, count(*) OVER stratum AS served,
          count(*) FILTER (WHERE ${labelledSql}) OVER stratum AS labelled
        FROM cohort_label own WHERE own.project_id = cohort.project_id AND own.epoch_id = cohort.epoch_id
        WINDOW stratum AS (PARTITION BY stratum_id)
      ) label
      JOIN output ON output.project_id = label.project_id AND output.id = label.output_id), '[]') AS labels,
    COALESCE((
      SELECT json_agg(json_build_object('attribute', stratum.attribute, 'value', stratum.value,
        'planned', planned.planned_probability, 'drawn', drawn.least,
        'served', COALESCE(drawn.served, 0), 'labelled', COALESCE(drawn.labelled, 0)))
      FROM (
        SELECT stratum_id, min(inclusion_probability) AS least, count(*) AS served, count(*) FILTER (WHERE ${labelledSql}) AS labelled
        FROM cohort_label own WHERE own.project_id = cohort.project_id AND own.epoch_id = cohort.epoch_id
        GROUP BY stratum_id
      ) drawn
      FULL JOIN (
        SELECT stratum_id, planned_probability FROM cohort_stratum own
        WHERE own.project_id = cohort.project_id AND own.epoch_id = cohort.epoch_id
      ) planned USING (stratum_id)
      JOIN stratum ON stratum.project_id = cohort.project_id AND stratum.id = stratum_id), '[]') AS strata
    FROM cohort WHERE project_id = ${projectId}::uuid AND sequence BETWEEN ${from} AND ${to}
    ORDER BY sequence`;
  return z
    .array(cohortRow)
    .parse(rows)
    .map(({ labels, strata, ...cohort }) => ({
      ...cohort,
      labels: labels.map(closedLabel),
      strata: strata.map(({ served, labelled, ...stratum }) => ({
        ...stratum,
        prefix: { served, labelled },
      })),
    }));
}

/** A sample of a cohort that had a label when it closed. */
const labelledSql = Prisma.sql`(score IS NOT NULL OR corrected_at IS NOT NULL)`;

function closedLabel([
  externalId,
  cluster,
  randomNumber,
  inclusionProbability,
  score,
  carried,
  served,
  labelled,
]: z.output<typeof labelTuple>): ClosedLabel {
  const prefix = { served, labelled };
  return { externalId, cluster, randomNumber, inclusionProbability, score, carried, prefix };
}
