import type { Tx } from "@/lib/db/client";
import * as z from "zod";

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

const cohortRow = z.object({ sequence: z.number(), day: z.string(), labels: z.array(labelTuple) });

export interface ClosedLabel {
  externalId: string;
  cluster: string | null;
  randomNumber: number;
  inclusionProbability: number;
  score: number | null;
  /** The attributes that the output carries. */
  carried: Readonly<Record<string, string>>;
  /** Of its stratum in this cohort: all of them, and those that had a label when it closed. */
  prefix: { served: number; labelled: number };
}

export interface ClosedCohort {
  sequence: number;
  day: string;
  labels: ClosedLabel[];
}

/** The cohorts from one sequence to another, both counted, with their labels as they are frozen. */
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
          count(*) FILTER (WHERE score IS NOT NULL OR corrected_at IS NOT NULL) OVER stratum AS labelled
        FROM cohort_label own WHERE own.project_id = cohort.project_id AND own.epoch_id = cohort.epoch_id
        WINDOW stratum AS (PARTITION BY stratum_id)
      ) label
      JOIN output ON output.project_id = label.project_id AND output.id = label.output_id), '[]') AS labels
    FROM cohort WHERE project_id = ${projectId}::uuid AND sequence BETWEEN ${from} AND ${to}
    ORDER BY sequence`;
  return z
    .array(cohortRow)
    .parse(rows)
    .map(({ labels, ...cohort }) => ({ ...cohort, labels: labels.map(closedLabel) }));
}

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
