import { createHash } from "node:crypto";
import type pg from "pg";
import { groupBy } from "@/lib/core/group-by";
import { newId } from "@/lib/core/id";
import type { PrismaClient } from "@/lib/db/generated/client";
import type { RecordedOutput } from "@/lib/dev/replay/recorded-stream";
import { recordedWeeks } from "@/lib/dev/replay/recorded-stream";
import { foldCounts } from "@/lib/estimate/fold-counts";
import { refreshEstimate } from "@/lib/estimate/refresh-estimate";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import { createDefaultPlan } from "@/lib/sampling/default-plan";
import { sealSamplingSecret } from "@/lib/sampling/seal-sampling-secret";
import { makeProject } from "@/lib/testing/make-project";
import { type SampledProject, type StoredOutput, storeOutputs } from "@/lib/testing/store-outputs";
import type { RecordedSet } from "./recorded-set";

export interface SampleOptions {
  seed: number;
  reviewsPerWeek: number;
  /** Attribute that the plan divides by. */
  attribute: string | null;
  /** Stops after so many weeks. */
  weeks?: number;
  /** Called when a week has been reviewed. */
  afterWeek?: (projectId: string) => Promise<void>;
}

type Databases = { db: PrismaClient; pool: pg.Pool };
const DAY_MS = 86_400_000;

/**
 * Puts a recorded set through the product's own sampling, queue and estimate: week by week its outputs are stored, the week is
 * closed, and so many looks as a week has reviews are taken from the head of the queue. Returns the project.
 */
export async function sampleRecorded(
  databases: Databases,
  set: RecordedSet,
  options: SampleOptions,
): Promise<SampledProject> {
  const { db, pool } = databases;
  const sampled = await makeSeededProject(db, options);
  const projectId = sampled.project.id;
  for (const week of recordedWeeks(set.records).slice(0, options.weeks)) {
    for (const day of groupBy(week.records, ({ occurredAt }) =>
      new Date(occurredAt).toISOString().slice(0, 10),
    ).values())
      await storeOutputs(
        databases,
        sampled,
        day.map((record) => storedOutput(record, set)),
      );
    await closeEpochs(db, projectId, "RECORDED", new Date(Date.parse(week.start) + 7 * DAY_MS));
    await foldCounts(db, projectId);
    await takeLooks(pool, projectId, options.reviewsPerWeek, set.scores);
    await options.afterWeek?.(projectId);
  }
  await refreshEverything(databases, projectId);
  return sampled;
}

/** Recomputes the estimates of all epochs. */
export async function refreshEverything({ db, pool }: Databases, projectId: string): Promise<void> {
  await pool.query(
    "INSERT INTO dirty_epoch (project_id, epoch_id) SELECT project_id, id FROM epoch WHERE project_id = $1",
    [projectId],
  );
  await refreshEstimate(db, projectId);
}

async function makeSeededProject(db: PrismaClient, options: SampleOptions): Promise<SampledProject> {
  const id = newId();
  const secret = createHash("sha256").update(`coverage ${options.seed}`).digest("hex");
  const project = await makeProject(db, {
    id,
    sealedSamplingSecret: sealSamplingSecret(id, secret),
    samplingScope: `seed ${options.seed}`,
  });
  const { reviewsPerWeek, attribute } = options;
  await db.$transaction((tx) => createDefaultPlan(tx, id, { reviewsPerWeek, attribute }));
  const sourceId = newId();
  await db.source.create({
    data: { projectId: id, id: sourceId, kind: "API", name: "recorded", recordedHistory: true },
  });
  return { project, sourceId };
}

function storedOutput(record: RecordedOutput, set: RecordedSet): StoredOutput {
  const segments = Object.entries(record.segments).map(([key, value]) => [key, String(value)]);
  const score = set.scores.get(record.id) ?? null;
  const isPilot = record.phase === "pilot";
  return {
    externalId: record.id,
    instant: new Date(record.occurredAt),
    phase: isPilot ? "PILOT" : "PRODUCTION",
    segments: Object.fromEntries(segments),
    cluster: record.cluster ?? null,
    ...(isPilot && score !== null ? { truthScore: score } : {}),
  };
}

/** The looks at the head of the queue, judged with what is recorded, in one statement each way: what single reviews would write. */
async function takeLooks(
  pool: pg.Pool,
  projectId: string,
  looks: number,
  scores: RecordedSet["scores"],
): Promise<void> {
  const { rows } = await pool.query<{ outputId: string; externalId: string }>(
    `WITH taken AS (
       SELECT project_id, id, output_id FROM review_slot WHERE project_id = $1 AND state = 'OPEN' ORDER BY order_key LIMIT $2
     ), done AS (
       UPDATE review_slot slot SET state = 'DONE' FROM taken WHERE slot.project_id = taken.project_id AND slot.id = taken.id
     )
     SELECT DISTINCT output_id AS "outputId", external_id AS "externalId"
     FROM taken JOIN output ON output.project_id = taken.project_id AND output.id = taken.output_id`,
    [projectId, looks],
  );
  const judged = rows.map(({ outputId, externalId }) => ({
    outputId,
    score: scores.get(externalId) ?? null,
  }));
  await pool.query(
    `UPDATE sample SET state = CASE WHEN row.score IS NULL THEN 'UNSURE' ELSE 'SETTLED' END::sample_state, score = row.score,
       verdict = CASE WHEN row.score IS NULL THEN 'CANNOT_JUDGE' WHEN row.score >= 1 THEN 'CORRECT' ELSE 'INCORRECT' END::verdict,
       settled_by = CASE WHEN row.score IS NOT NULL THEN 'review' END
     FROM jsonb_to_recordset($2::jsonb) AS row("outputId" uuid, score float8)
     WHERE project_id = $1 AND output_id = row."outputId"`,
    [projectId, JSON.stringify(judged)],
  );
}
