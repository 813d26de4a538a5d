import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { changePlan } from "@/lib/sampling/change-plan";
import { listPlans } from "@/lib/sampling/plan-queries";
import { changePlanSchema, planVersionSchema } from "@/lib/sampling/schema";

/** The versions of the sampling plan, the one in force first. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "The versions of the sampling plan, the one in force first.",
  response: z.object({ versions: z.array(planVersionSchema) }),
  handler: async ({ ctx }) => ({ versions: await listPlans(ctx) }),
});

/** Saves a new version; an earlier one comes back by being saved again. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: changePlanSchema,
  example: {
    base_version: 1,
    reviews_per_week: 120,
    attribute: null,
    floor_per_epoch: 5,
    flagged_factor: 3,
    rate_ratio_cap: 10,
    double_review_share: 0.1,
    expected_per_day: 1000,
    maturity_days: 14,
  },
  response: planVersionSchema,
  status: 201,
  audit: "plan.change",
  handler: ({ ctx, body }) => changePlan(ctx, body),
});
