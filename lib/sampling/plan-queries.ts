import type { Ctx } from "@/lib/core/ctx";
import type { SamplingPlan } from "@/lib/db/generated/client";
import * as z from "zod";
import { needsOf } from "./plan-numbers";
import type { PlanVersion } from "./schema";

/** A stored plan as the API shows it. */
export function planVersion(plan: SamplingPlan, createdBy: string | null): PlanVersion {
  return {
    version: plan.version,
    reviews_per_week: plan.reviewsPerWeek,
    attribute: plan.attribute,
    floor_per_epoch: plan.floorPerEpoch,
    flagged_factor: plan.flaggedFactor,
    rate_ratio_cap: plan.rateRatioCap,
    double_review_share: plan.doubleReviewShare,
    expected_per_day: plan.expectedPerDay,
    maturity_days: plan.maturityDays,
    needs: needsOf(plan),
    created_at: plan.createdAt.toISOString(),
    created_by: createdBy,
  };
}

/** The versions of the plan, the one in force first. */
export async function listPlans(ctx: Ctx): Promise<PlanVersion[]> {
  const plans = await ctx.db.samplingPlan.findMany({
    where: { projectId: ctx.project.id },
    orderBy: { version: "desc" },
    take: 100,
  });
  const people = await ctx.db.user.findMany({
    where: { id: { in: plans.flatMap(({ createdBy }) => (createdBy ? [createdBy] : [])) } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return plans.map((plan) => planVersion(plan, names.get(plan.createdBy ?? "") ?? null));
}

const attributeRow = z.object({ attribute: z.string(), values: z.number() });
export type KnownAttribute = z.output<typeof attributeRow>;

/** Attributes that outputs have carried, with the number of their values. */
export async function listAttributes(ctx: Ctx): Promise<KnownAttribute[]> {
  const rows = await ctx.db.$queryRaw`
    SELECT attribute, count(DISTINCT value)::int AS "values" FROM (
      SELECT attribute, value FROM population_count WHERE project_id = ${ctx.project.id}::uuid
      UNION SELECT attribute, value FROM population_delta WHERE project_id = ${ctx.project.id}::uuid) seen
    WHERE attribute <> '' GROUP BY 1 ORDER BY 1 LIMIT 200`;
  return z.array(attributeRow).parse(rows);
}
