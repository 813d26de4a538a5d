import { newId } from "@/lib/core/id";
import type { Prisma, PrismaClient } from "@/lib/db/generated/client";
import type { Alarm } from "@/lib/incident/open-incident";

/** A version of what is watched in the project, fed up to `fedSequence`. Returns its id. */
export async function makeMonitorPlan(
  db: PrismaClient,
  project: { id: string },
  settings: Partial<Prisma.MonitorPlanUncheckedCreateInput> & { fedSequence?: number } = {},
): Promise<string> {
  const { fedSequence, ...plan } = settings;
  const id = newId();
  await db.monitorPlan.create({
    data: {
      projectId: project.id,
      id,
      version: 1,
      attributes: ["", "device"],
      reviewsPerYear: 5200,
      threshold: 20_800,
      boundary: 0.9,
      firstSequence: 1,
      reason: "automatic",
      ...plan,
    },
  });
  await db.monitorRun.create({ data: { projectId: project.id, planId: id, fedSequence: fedSequence ?? 0 } });
  return id;
}

/** What a detector says when accuracy has fallen from .95 to .80 within a few weeks. */
export function alarmOf(planId: string, settings: Partial<Alarm> = {}): Alarm {
  return {
    kind: "accuracy_drop",
    attribute: "device",
    value: "ios",
    planId,
    sequence: 12,
    day: "2026-03-20",
    changeSequence: 9,
    changeDay: "2026-03-12",
    boundary: 0.9,
    logThreshold: Math.log(20_800),
    logEvidence: 10.4,
    reviews: 61,
    observations: 240,
    ...settings,
  };
}

export interface CohortLabelOf {
  /** Of an output that storeOutputs has stored; it must be of the cohort's day. */
  outputId: string;
  score: number | null;
  inclusionProbability?: number;
}

/** Closes the epoch of some stored outputs as the next cohort, with these labels. Returns its sequence. */
export async function makeCohort(
  db: PrismaClient,
  project: { id: string },
  labels: readonly CohortLabelOf[],
): Promise<number> {
  const projectId = project.id;
  const [first] = labels;
  if (!first) throw new Error("A cohort needs labels.");
  const outputs = await db.output.findMany({
    where: { projectId, id: { in: labels.map(({ outputId }) => outputId) } },
    select: { id: true, epochId: true, stratumId: true, randomNumber: true, day: true },
  });
  const known = new Map(outputs.map((output) => [output.id, output]));
  const { epochId, day } = known.get(first.outputId) ?? { epochId: "", day: new Date() };
  const newest = await db.cohort.aggregate({ where: { projectId }, _max: { sequence: true } });
  const sequence = (newest._max.sequence ?? 0) + 1;
  const labelled = labels.filter(({ score }) => score !== null).length;
  const unsure = labels.length - labelled;
  await db.cohort.create({
    data: { projectId, epochId, sequence, closing: "COMPLETE", day, labelled, unsure },
  });
  await db.cohortLabel.createMany({
    data: labels.map(({ outputId, score, inclusionProbability = 1 }) => {
      const { stratumId, randomNumber } = known.get(outputId) ?? { stratumId: "", randomNumber: 0 };
      return { projectId, epochId, outputId, stratumId, randomNumber, inclusionProbability, score };
    }),
  });
  return sequence;
}

export type IncidentSettings = Partial<Prisma.IncidentUncheckedCreateInput>;

/** An incident without a monitor behind it. Returns its id. */
export async function makeIncident(
  db: PrismaClient,
  project: { id: string },
  settings: IncidentSettings = {},
): Promise<string> {
  const id = newId();
  const facts = { boundary: 0.9, log_threshold: 9.94, log_evidence: 10.4, reviews: 61, observations: 240 };
  await db.incident.create({
    data: {
      projectId: project.id,
      id,
      kind: "accuracy_drop",
      attribute: "device",
      value: "ios",
      alarmSequence: 12,
      lastSequence: 12,
      changeSequence: 9,
      changeDay: new Date("2026-03-12"),
      alarmDay: new Date("2026-03-20"),
      facts,
      ...settings,
    },
  });
  return id;
}
