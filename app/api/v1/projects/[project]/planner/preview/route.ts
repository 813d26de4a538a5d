import { defineRoute } from "@/app/_boundary/route";
import { previewPlanner } from "@/lib/planner/preview-planner";
import { plannerAnswerSchema, plannerGoalSchema } from "@/lib/planner/schema";

/** What a goal takes, and what a number of reviews would find. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: plannerGoalSchema,
  example: { drop: 0.05, weeks: 4, accepted_per_year: 0.5, attribute: "device", reviews_per_week: null },
  response: plannerAnswerSchema,
  audit: { none: "it changes nothing" },
  handler: ({ ctx, body }) => previewPlanner(ctx, body),
});
