import { createHash } from "node:crypto";
import type pg from "pg";
import { newId } from "@/lib/core/id";
import { localDay } from "@/lib/core/local-day";
import type { PrismaClient, Project } from "@/lib/db/generated/client";
import { createDefaultPlan, type DefaultPlanInput } from "@/lib/sampling/default-plan";
import { insertSamples, type PlacedOutput } from "@/lib/sampling/insert-samples";
import { openFrame } from "@/lib/sampling/sampling-frame";
import type { SamplingUnit } from "@/lib/sampling/sampling-unit";
import { makeProject } from "./make-project";

export interface SampledProject {
  project: Project;
  sourceId: string;
}

export interface StoredOutput {
  externalId: string;
  instant: Date;
  phase?: "PILOT" | "PRODUCTION" | "HELD";
  segments?: Record<string, string>;
  flagged?: boolean;
  cluster?: string | null;
  sourceProbability?: number;
  /** An empty object by default. */
  input?: Record<string, unknown>;
  /** What the system put out; an empty object by default. */
  output?: Record<string, unknown>;
  /** Of the model that made it. */
  version?: string;
  /** Label of a pilot output whose truth came with it. */
  truthScore?: number;
}

/** A project with a plan and one source, ready to be sent outputs. */
export async function makeSampledProject(
  db: PrismaClient,
  input: { plan?: DefaultPlanInput; timeZone?: string; recorded?: boolean } = {},
): Promise<SampledProject> {
  const project = await makeProject(db, input.timeZone ? { timeZone: input.timeZone } : {});
  await db.$transaction((tx) => createDefaultPlan(tx, project.id, input.plan));
  const sourceId = newId();
  await db.source.create({
    data: {
      projectId: project.id,
      id: sourceId,
      kind: "API",
      name: "test",
      recordedHistory: input.recorded ?? true,
    },
  });
  return { project, sourceId };
}

/** What the ingest transaction writes for sampling and counting, without its parsing. Returns the new outputs' ids. */
export async function storeOutputs(
  { db, pool }: { db: PrismaClient; pool: pg.Pool },
  { project, sourceId }: SampledProject,
  outputs: readonly StoredOutput[],
  clock: "LIVE" | "RECORDED" = "RECORDED",
): Promise<string[]> {
  const units = outputs.map(unitOf);
  const frame = await openFrame(db, { project, clock, instants: units.map((unit) => unit.instant) });
  await frame.prepare(units);
  const rows = outputs.map((output, at) => {
    const unit = units[at] ?? unitOf(output);
    return {
      ...unit,
      ...frame.place(unit),
      outputId: newId(),
      sourceProbability: output.sourceProbability ?? 1,
      input: output.input ?? {},
      output: output.output ?? {},
      version: output.version ?? null,
      truthScore: output.truthScore,
    };
  });
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await insertOutputs(client, project, sourceId, rows);
    await insertSamples(client, project.id, rows.map(placedOutput));
    await insertDeltas(client, project, rows);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
  return rows.map((row) => row.outputId);
}

function unitOf(output: StoredOutput): SamplingUnit {
  return {
    externalId: output.externalId,
    cluster: output.cluster ?? null,
    phase: output.phase ?? "PRODUCTION",
    segments: output.segments ?? {},
    flagged: output.flagged ?? false,
    hasTruth: output.truthScore !== undefined,
    instant: output.instant,
  };
}

type Row = SamplingUnit & PlacementRow;
interface PlacementRow {
  outputId: string;
  epochId: string;
  stratumId: string;
  randomNumber: number;
  secondLook: boolean;
  sourceProbability: number;
  input: Record<string, unknown>;
  output: Record<string, unknown>;
  version: string | null;
  truthScore: number | undefined;
}

function placedOutput(row: Row): PlacedOutput {
  const { outputId, epochId, stratumId, randomNumber, secondLook, truthScore } = row;
  const settled =
    truthScore === undefined
      ? null
      : { score: truthScore, verdict: truthScore >= 1 ? ("CORRECT" as const) : ("INCORRECT" as const) };
  return { outputId, epochId, stratumId, randomNumber, secondLook, settled };
}

async function insertOutputs(
  client: pg.ClientBase,
  project: Project,
  sourceId: string,
  rows: readonly Row[],
): Promise<void> {
  const values = rows.map((row) => ({
    ...row,
    day: localDay(row.instant, project.timeZone),
    hash: createHash("sha256").update(row.externalId).digest("hex"),
  }));
  await client.query(
    `INSERT INTO output (project_id, id, external_id, source_id, phase, occurred_at, day, received_at, input, output, segments, cluster,
       source_probability, content_hash, flags, epoch_id, stratum_id, random_number, model_version)
     SELECT $1, "outputId", "externalId", $2, phase::phase, instant, day, now(), input, output, segments, cluster, "sourceProbability",
       decode(hash, 'hex'), CASE WHEN flagged THEN '{test}'::text[] ELSE '{}' END, "epochId", "stratumId", "randomNumber", version
     FROM jsonb_to_recordset($3::jsonb) AS row("outputId" uuid, "externalId" text, phase text, instant timestamptz, day date,
       segments jsonb, input jsonb, output jsonb, cluster text, "sourceProbability" float8, hash text, flagged boolean, "epochId" uuid, "stratumId" uuid, "randomNumber" float8, version text)`,
    [project.id, sourceId, JSON.stringify(values)],
  );
}

async function insertDeltas(client: pg.ClientBase, project: Project, rows: readonly Row[]): Promise<void> {
  const counts = new Map<
    string,
    {
      epochId: string;
      stratumId: string;
      day: string;
      attribute: string;
      value: string;
      outputs: number;
      weight: number;
    }
  >();
  for (const row of rows) {
    const day = localDay(row.instant, project.timeZone);
    for (const [attribute, value] of [["", ""] as const, ...Object.entries(row.segments)]) {
      const key = JSON.stringify([row.epochId, row.stratumId, day, attribute, value]);
      const { epochId, stratumId } = row;
      const count = counts.get(key) ?? { epochId, stratumId, day, attribute, value, outputs: 0, weight: 0 };
      count.outputs += 1;
      count.weight += 1 / row.sourceProbability;
      counts.set(key, count);
    }
  }
  await client.query(
    `INSERT INTO population_delta (project_id, epoch_id, stratum_id, day, attribute, value, outputs, weight)
     SELECT $1, "epochId", "stratumId", day, attribute, value, outputs, weight
     FROM jsonb_to_recordset($2::jsonb) AS row("epochId" uuid, "stratumId" uuid, day date, attribute text, value text, outputs int, weight float8)`,
    [project.id, JSON.stringify([...counts.values()])],
  );
}
