import { defineRoute } from "@/app/_boundary/route";
import { confirmPlan } from "@/lib/planner/confirm-plan";
import { previewPlanner } from "@/lib/planner/preview-planner";
import { confirmPlanSchema, plannerAnswerSchema, plannerReceiptSchema } from "@/lib/planner/schema";
import { startGoal } from "@/lib/planner/start-goal";

/** What it takes to find a drop of five points within four weeks. */
export const GET = defineRoute({
  policy: { capability: "project.manage" },
  response: plannerAnswerSchema,
  handler: async ({ ctx }) => previewPlanner(ctx, await startGoal(ctx)),
});

/** Writes what the planner proposes for a goal: the sampling plan and, where it has to change, what is watched. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: confirmPlanSchema,
  example: {
    drop: 0.05,
    weeks: 4,
    accepted_per_year: 0.5,
    attribute: "device",
    reviews_per_week: 640,
    sampling_version: 1,
    monitor_version: 1,
  },
  response: plannerReceiptSchema,
  status: 201,
  audit: ["planner.confirm", "plan.change", "monitor.change"],
  handler: ({ ctx, body }) => confirmPlan(ctx, body),
});
