import type { Ctx } from "@/lib/core/ctx";
import { monitorInForce } from "@/lib/monitor/monitor-queries";
import { planThreshold, reviewsPerYear } from "@/lib/monitor/plan-threshold";
import { readWatchedBoundaries, type WatchedBoundary } from "@/lib/monitor/watched-boundaries";
import { planNumbers } from "@/lib/sampling/plan-numbers";
import type { PlanNumbers } from "@/lib/sampling/plan-rates";
import { readPastParts } from "@/lib/sampling/preview-plan";
import { type PastPart, partsOfRow, weeklyPlan } from "@/lib/sampling/preview-rows";
import { strataDesignEffect } from "@/lib/stats/strata-design-effect";
import { findableDrop } from "./findable-drop";

/** What a plan is measured by. */
export interface ReachGoal {
  overall: WatchedBoundary;
  weeks: number;
  threshold: number;
}

/** The smallest drop over all outputs that a plan, just as it is, finds within some weeks in 80 % of cases; null: none. */
export function reachOfPlan(
  plan: PlanNumbers & { attribute: string | null },
  past: readonly PastPart[],
  { overall: segment, weeks, threshold }: ReachGoal,
): number | null {
  const { rows, overall } = weeklyPlan(plan, past);
  const parts = (rows.length > 0 ? rows : [overall]).flatMap(partsOfRow);
  const effect = strataDesignEffect(parts);
  return findableDrop(
    { segment, reviewsPerWeek: overall.reviews_per_week, designEffect: effect },
    { weeks, threshold },
  );
}

/** What the plan in force finds within some weeks. Null: there is no boundary to fall below. */
export async function presentReach(ctx: Ctx, weeks: number): Promise<{ finds: number | null } | null> {
  const projectId = ctx.project.id;
  const plan = await ctx.db.samplingPlan.findFirstOrThrow({
    where: { projectId },
    orderBy: { version: "desc" },
  });
  const { settings, threshold } = await monitorInForce(ctx);
  const boundaries = await readWatchedBoundaries(ctx.db, projectId, { ...settings, attributes: [] }, []);
  if (!boundaries) return null;
  const { past } = await readPastParts(ctx, plan.attribute);
  return {
    finds: reachOfPlan({ ...planNumbers(plan), attribute: plan.attribute }, past, {
      overall: boundaries.overall,
      weeks,
      threshold: threshold ?? planThreshold(settings, reviewsPerYear(plan)),
    }),
  };
}
