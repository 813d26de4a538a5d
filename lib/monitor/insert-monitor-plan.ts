import { newId } from "@/lib/core/id";
import type { Tx } from "@/lib/db/client";
import { type MonitorPlan, Prisma } from "@/lib/db/generated/client";
import * as z from "zod";
import type { PilotBoundaries } from "./pilot-boundaries";
import { planThreshold, reviewsPerYear } from "./plan-threshold";
import type { MONITOR_REASONS, MonitorSettings } from "./schema";

export interface NewMonitorPlan {
  settings: MonitorSettings;
  boundaries: PilotBoundaries;
  reason: (typeof MONITOR_REASONS)[number];
  note: string | null;
  createdBy: string | null;
}

/**
 * Writes the next version of the monitor plan with its boundaries; its detectors start from zero with the cohort that closes next.
 * Only the version that makes itself sees all cohorts: what a person changes may be chosen by what the cohorts so far have shown.
 * Call it under `lockMonitors`.
 */
export async function insertMonitorPlan(
  tx: Tx,
  projectId: string,
  { settings, boundaries, reason, note, createdBy }: NewMonitorPlan,
): Promise<MonitorPlan> {
  const { newest, version } = await readPlace(tx, projectId);
  const firstSequence = reason === "automatic" ? 1 : newest + 1;
  const sampling = await tx.samplingPlan.findFirstOrThrow({
    where: { projectId },
    orderBy: { version: "desc" },
    select: { reviewsPerWeek: true, doubleReviewShare: true },
  });
  const perYear = reviewsPerYear(sampling);
  const plan = await tx.monitorPlan.create({
    data: {
      projectId,
      id: newId(),
      version,
      attributes: settings.attributes,
      floor: settings.floor,
      tolerance: settings.tolerance,
      acceptedPerYear: settings.accepted_per_year,
      reviewsPerYear: perYear,
      threshold: planThreshold(settings, perYear),
      unsureCountsWrong: settings.unsure_counts_wrong,
      boundary: boundaries.boundary,
      pilot: boundaries.pilot ?? Prisma.DbNull,
      firstSequence,
      reason,
      note,
      createdBy,
    },
  });
  await tx.monitorBoundary.createMany({
    data: boundaries.segments.map((segment) => ({ projectId, planId: plan.id, ...segment })),
  });
  await tx.monitorRun.create({ data: { projectId, planId: plan.id, fedSequence: firstSequence - 1 } });
  return plan;
}

const placeRow = z.tuple([z.object({ newest: z.number(), version: z.number() })]);

async function readPlace(tx: Tx, projectId: string) {
  const rows = await tx.$queryRaw`
    SELECT COALESCE((SELECT max(sequence) FROM cohort WHERE project_id = ${projectId}::uuid), 0) AS newest,
      COALESCE((SELECT max(version) FROM monitor_plan WHERE project_id = ${projectId}::uuid), 0) + 1 AS version`;
  return placeRow.parse(rows)[0];
}
