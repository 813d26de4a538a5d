import type { Tx } from "@/lib/db/client";
import type { FrozenCohort, FrozenStratum } from "./freeze-cohort";

/** Numbers them in the order given, behind those that there are. */
export async function writeCohorts(
  tx: Tx,
  projectId: string,
  cohorts: readonly FrozenCohort[],
): Promise<void> {
  if (cohorts.length === 0) return;
  const rows = cohorts.map(({ epochId, closing, labels }, at) => {
    const labelled = labels.filter(({ score }) => score !== null).length;
    return { epochId, closing, at: at + 1, labelled, unsure: labels.length - labelled };
  });
  await tx.$executeRaw`
    INSERT INTO cohort (project_id, epoch_id, sequence, closing, day, labelled, unsure)
    SELECT epoch.project_id, epoch.id, at + COALESCE((SELECT max(sequence) FROM cohort WHERE project_id = ${projectId}::uuid), 0),
      closing::cohort_closing, (epoch.starts_at AT TIME ZONE project.time_zone)::date, labelled, unsure
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS row("epochId" uuid, closing text, at int, labelled int, unsure int)
    JOIN epoch ON epoch.project_id = ${projectId}::uuid AND epoch.id = row."epochId"
    JOIN project ON project.id = epoch.project_id`;
  const strata = cohorts.flatMap(({ epochId, strata: own }) =>
    own.map((stratum) => ({ epochId, ...stratum })),
  );
  await writeStrata(tx, projectId, strata);
  const labels = cohorts.flatMap(({ epochId, labels: own }) => own.map((label) => ({ epochId, ...label })));
  await tx.$executeRaw`
    INSERT INTO cohort_label (project_id, epoch_id, output_id, stratum_id, random_number, inclusion_probability, score)
    SELECT ${projectId}::uuid, "epochId", "outputId", "stratumId", "randomNumber", "inclusionProbability", score
    FROM jsonb_to_recordset(${JSON.stringify(labels)}::jsonb) AS row("epochId" uuid, "outputId" uuid, "stratumId" uuid,
      "randomNumber" float8, "inclusionProbability" float8, score float8)`;
}

/**
 * The source may have kept some outputs less often than others. Which of them were drawn here must not matter, so all outputs of a
 * stratum are asked; where the counters say that the source kept everything, none is read.
 */
async function writeStrata(
  tx: Tx,
  projectId: string,
  strata: readonly (FrozenStratum & { epochId: string })[],
): Promise<void> {
  await tx.$executeRaw`
    WITH planned AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(strata)}::jsonb)
        AS row("epochId" uuid, "stratumId" uuid, "plannedShare" float8)
    ), counted AS (
      SELECT epoch_id, stratum_id, attribute, value, outputs, weight FROM population_count WHERE project_id = ${projectId}::uuid
      UNION ALL
      SELECT epoch_id, stratum_id, attribute, value, outputs, weight FROM population_delta WHERE project_id = ${projectId}::uuid
    ), thinned AS (
      SELECT DISTINCT epoch_id, stratum_id FROM counted
      WHERE attribute = '' AND value = '' AND weight > outputs AND epoch_id IN (SELECT "epochId" FROM planned)
    ), source AS (
      SELECT epoch_id, stratum_id, min(source_probability) AS least
      FROM thinned JOIN output USING (epoch_id, stratum_id) WHERE output.project_id = ${projectId}::uuid
      GROUP BY 1, 2
    )
    INSERT INTO cohort_stratum (project_id, epoch_id, stratum_id, planned_probability)
    SELECT ${projectId}::uuid, "epochId", "stratumId", "plannedShare" * COALESCE(source.least, 1)
    FROM planned LEFT JOIN source ON source.epoch_id = "epochId" AND source.stratum_id = "stratumId"`;
}
