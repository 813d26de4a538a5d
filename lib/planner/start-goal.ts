import type { Ctx } from "@/lib/core/ctx";
import { monitorInForce } from "@/lib/monitor/monitor-queries";
import { watchedNames } from "@/lib/monitor/schema";
import { listPlans } from "@/lib/sampling/plan-queries";
import type { PlannerGoal } from "./schema";

const DROP = 0.05;
const WEEKS = 4;

/** Where a goal begins: five points within four weeks, in each value of the attribute that the plan divides by or that is watched. */
export async function startGoal(ctx: Ctx): Promise<PlannerGoal> {
  const [[plan], { settings }] = await Promise.all([listPlans(ctx), monitorInForce(ctx)]);
  const single = settings.attributes.map(watchedNames).find((names) => names.length === 1);
  return {
    drop: DROP,
    weeks: WEEKS,
    accepted_per_year: settings.accepted_per_year,
    attribute: plan?.attribute ?? single?.[0] ?? null,
    left_out: [],
    reviews_per_week: null,
  };
}
