import type { PrismaClient, Project } from "@/lib/db/generated/client";
import { newId } from "@/lib/core/id";
import { makeProject } from "./make-project";

export interface CohortOutput {
  externalId: string;
  /** Days after the first; its epoch. */
  day: number;
  randomNumber: number;
  segments?: Record<string, string>;
  cluster?: string | null;
  flagged?: boolean;
  sourceProbability?: number;
}

export interface CohortFrame {
  /** Epochs, one a day from the first on, whether or not they have outputs. */
  days: number;
  outputs: readonly CohortOutput[];
  /** Of every stratum; candidates are the outputs below it. */
  rate?: number;
  /** Reviews planned in every stratum and epoch; all candidates by default. */
  target?: number;
  maturityDays?: number;
  /** Epochs whose rates are not settled yet, from this day on. */
  openFrom?: number;
  /** When the sender opened the epochs; now by default. */
  openedAt?: Date;
}

export interface CohortProject {
  project: Project;
  projectId: string;
  epochIds: string[];
}

const FIRST_DAY = "2026-03-02T00:00:00Z";

/**
 * Production outputs with samples in recorded epochs that are over, written in a few statements whatever their number, so that many
 * projects can be made. Labels come by `labelSamples`.
 */
export async function makeCohortProject(db: PrismaClient, frame: CohortFrame): Promise<CohortProject> {
  const project = await makeProject(db);
  const projectId = project.id;
  const [planId, sourceId] = [newId(), newId()];
  await db.samplingPlan.create({
    data: { projectId, id: planId, version: 1, reviewsPerWeek: 100, maturityDays: frame.maturityDays ?? 14 },
  });
  await db.source.create({
    data: { projectId, id: sourceId, kind: "API", name: "test", recordedHistory: true },
  });
  const epochs = Array.from({ length: frame.days }, (_, day) => ({ id: idMadeAt(frame.openedAt), day }));
  const strata = [false, true].map((flagged) => ({ id: newId(), flagged }));
  const outputs = frame.outputs.map((output) => ({
    id: newId(),
    segments: {},
    cluster: null,
    flagged: false,
    sourceProbability: 1,
    ...output,
  }));
  const sums = { rate: frame.rate ?? 1, target: frame.target ?? 1e9, openFrom: frame.openFrom ?? frame.days };
  await writeEpochs(db, { projectId, planId, epochs, strata, ...sums });
  await writeOutputs(db, { projectId, sourceId, outputs, rate: sums.rate });
  return { project, projectId, epochIds: epochs.map(({ id }) => id) };
}

async function writeEpochs(
  db: PrismaClient,
  frame: {
    projectId: string;
    planId: string;
    epochs: readonly { id: string; day: number }[];
    strata: readonly { id: string; flagged: boolean }[];
    rate: number;
    target: number;
    openFrom: number;
  },
): Promise<void> {
  const { projectId, planId, epochs, strata, rate, target, openFrom } = frame;
  await db.$executeRaw`
    WITH epochs AS (
      INSERT INTO epoch (project_id, id, clock, starts_at, ends_at, plan_id, closed_at, evaluate)
      SELECT ${projectId}::uuid, id, 'RECORDED', start, start + interval '1 day', ${planId}::uuid,
        CASE WHEN day < ${openFrom} THEN now() END, day < ${openFrom}
      FROM jsonb_to_recordset(${JSON.stringify(epochs)}::jsonb) AS row(id uuid, day int)
      CROSS JOIN LATERAL (SELECT ${FIRST_DAY}::timestamptz + day * interval '1 day' AS start) place
      RETURNING id
    ), strata AS (
      INSERT INTO stratum (project_id, id, phase, flagged)
      SELECT ${projectId}::uuid, id, 'PRODUCTION', flagged
      FROM jsonb_to_recordset(${JSON.stringify(strata)}::jsonb) AS row(id uuid, flagged boolean)
      RETURNING id
    )
    INSERT INTO stratum_epoch (project_id, epoch_id, stratum_id, rate, target, effective_rate)
    SELECT ${projectId}::uuid, epochs.id, strata.id, ${rate}, ${target}, 0 FROM epochs CROSS JOIN strata`;
}

async function writeOutputs(
  db: PrismaClient,
  stored: { projectId: string; sourceId: string; outputs: readonly object[]; rate: number },
): Promise<void> {
  const { projectId, sourceId, outputs, rate } = stored;
  await db.$executeRaw`
    WITH row AS MATERIALIZED (
      SELECT row.*, epoch.id AS epoch_id, epoch.starts_at, stratum.id AS stratum_id
      FROM jsonb_to_recordset(${JSON.stringify(outputs)}::jsonb) AS row(id uuid, "externalId" text, day int, "randomNumber" float8,
        segments jsonb, cluster text, flagged boolean, "sourceProbability" float8)
      JOIN epoch ON epoch.project_id = ${projectId}::uuid AND epoch.starts_at = ${FIRST_DAY}::timestamptz + day * interval '1 day'
      JOIN stratum ON stratum.project_id = ${projectId}::uuid AND stratum.flagged = row.flagged
    ), stored AS (
      INSERT INTO output (project_id, id, external_id, source_id, phase, occurred_at, day, received_at, input, output, segments,
        cluster, source_probability, content_hash, flags, epoch_id, stratum_id, random_number)
      SELECT ${projectId}::uuid, id, "externalId", ${sourceId}::uuid, 'PRODUCTION', starts_at + interval '12 hours', starts_at::date,
        now(), '{}', '{}', segments, cluster, "sourceProbability", decode(md5("externalId"), 'hex'), '{}', epoch_id, stratum_id,
        "randomNumber"
      FROM row
    ), counted AS (
      INSERT INTO population_count (project_id, epoch_id, stratum_id, day, attribute, value, outputs, weight)
      SELECT ${projectId}::uuid, epoch_id, stratum_id, starts_at::date, '', '', count(*), sum(1 / "sourceProbability")
      FROM row GROUP BY 2, 3, 4
      RETURNING epoch_id, stratum_id, outputs
    ), known AS (
      UPDATE stratum_epoch opened SET population = counted.outputs FROM counted
      WHERE opened.project_id = ${projectId}::uuid AND counted.epoch_id = opened.epoch_id AND counted.stratum_id = opened.stratum_id
    )
    INSERT INTO sample (project_id, output_id, epoch_id, stratum_id, random_number)
    SELECT ${projectId}::uuid, id, epoch_id, stratum_id, "randomNumber" FROM row WHERE "randomNumber" < ${rate}`;
}

/** The time of an id of ours is its first 48 bits. */
function idMadeAt(instant: Date | undefined): string {
  if (!instant) return newId();
  const hex = instant.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}${newId().slice(13)}`;
}

/**
 * What reviewers' decisions and the refresh after them leave behind: states, scores, and marks on the epochs. Null: taken back, or never
 * looked at.
 */
export async function labelSamples(
  db: PrismaClient,
  projectId: string,
  labels: readonly { externalId: string; score: number | "unsure" | null }[],
): Promise<void> {
  const rows = labels.map(({ externalId, score }) => ({
    externalId,
    state: score === null ? "QUEUED" : score === "unsure" ? "UNSURE" : "SETTLED",
    score: typeof score === "number" ? score : null,
  }));
  await db.$executeRaw`
    WITH judged AS (
      UPDATE sample SET state = row.state::sample_state, score = row.score, settled_at = clock_timestamp()
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row("externalId" text, state text, score float8)
      JOIN output ON output.project_id = ${projectId}::uuid AND output.external_id = row."externalId"
      WHERE sample.project_id = output.project_id AND sample.output_id = output.id
      RETURNING sample.epoch_id)
    UPDATE epoch SET evaluate = true WHERE project_id = ${projectId}::uuid AND id IN (SELECT epoch_id FROM judged)`;
}
