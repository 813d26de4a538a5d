import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import type { MonitorBoundary, MonitorPlan, MonitorRun } from "@/lib/db/generated/client";
import * as z from "zod";
import { FIRST_SETTINGS, suggestedAttributes } from "./ensure-monitor-plan";
import { MONITOR_REASONS, monitorPilotSchema, type MonitorSettings, type MonitorVersion } from "./schema";

const MOST_VERSIONS = 100;
const MOST_BOUNDARIES = 200;

type StoredVersion = MonitorPlan & {
  boundaries: MonitorBoundary[];
  run: MonitorRun | null;
  _count: { boundaries: number };
};

/** Every version of what is watched, the one in force first. */
export async function listMonitorVersions(ctx: Ctx): Promise<MonitorVersion[]> {
  return readVersions(ctx, {});
}

/** @throws AppError NOT_FOUND */
export async function readMonitorVersion(ctx: Ctx, version: number): Promise<MonitorVersion> {
  const [found] = await readVersions(ctx, { version });
  if (!found) throw new AppError("NOT_FOUND", "There is no such version.");
  return found;
}

async function readVersions(ctx: Ctx, only: { version?: number }): Promise<MonitorVersion[]> {
  const plans = await ctx.db.monitorPlan.findMany({
    where: { projectId: ctx.project.id, ...only },
    orderBy: { version: "desc" },
    take: MOST_VERSIONS,
    include: {
      boundaries: { orderBy: [{ attribute: "asc" }, { value: "asc" }], take: MOST_BOUNDARIES },
      run: true,
      _count: { select: { boundaries: true } },
    },
  });
  const people = await ctx.db.user.findMany({
    where: { id: { in: plans.flatMap(({ createdBy }) => (createdBy ? [createdBy] : [])) } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return plans.map((plan) => shownVersion(plan, names.get(plan.createdBy ?? "") ?? null));
}

function shownVersion(plan: StoredVersion, createdBy: string | null): MonitorVersion {
  return {
    version: plan.version,
    attributes: plan.attributes,
    floor: plan.floor,
    tolerance: plan.tolerance,
    accepted_per_year: plan.acceptedPerYear,
    unsure_counts_wrong: plan.unsureCountsWrong,
    boundary: plan.boundary,
    pilot: monitorPilotSchema.nullable().parse(plan.pilot),
    threshold: plan.threshold,
    reviews_per_year: plan.reviewsPerYear,
    boundaries: plan.boundaries.map(({ attribute, value, boundary, pilotReviews }) => ({
      attribute,
      value,
      boundary,
      pilot_reviews: pilotReviews,
    })),
    boundary_count: plan._count.boundaries,
    first_sequence: plan.firstSequence,
    fed_sequence: plan.run?.fedSequence ?? 0,
    reason: z.enum(MONITOR_REASONS).parse(plan.reason),
    note: plan.note,
    created_at: plan.createdAt.toISOString(),
    created_by: createdBy,
  };
}

export interface MonitorInForce {
  /** 0: nothing is in force; the settings are those that monitoring would begin with. */
  version: number;
  threshold: number | null;
  settings: MonitorSettings;
}

/** What is watched now, or would be. */
export async function monitorInForce(ctx: Ctx): Promise<MonitorInForce> {
  const plan = await ctx.db.monitorPlan.findFirst({
    where: { projectId: ctx.project.id },
    orderBy: { version: "desc" },
  });
  if (!plan) {
    const attributes = await suggestedAttributes(ctx.db, ctx.project.id);
    return { version: 0, threshold: null, settings: { ...FIRST_SETTINGS, attributes } };
  }
  return {
    version: plan.version,
    threshold: plan.threshold,
    settings: {
      attributes: plan.attributes,
      floor: plan.floor,
      tolerance: plan.tolerance,
      accepted_per_year: plan.acceptedPerYear,
      unsure_counts_wrong: plan.unsureCountsWrong,
    },
  };
}
