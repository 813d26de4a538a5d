import { defineRoute } from "@/app/_boundary/route";
import { previewPlan } from "@/lib/sampling/preview-plan";
import { planPreviewSchema, planSettingsSchema } from "@/lib/sampling/schema";

/** What a plan would mean in reviews per week and segment value. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: planSettingsSchema,
  example: {
    reviews_per_week: 120,
    attribute: null,
    floor_per_epoch: 5,
    flagged_factor: 3,
    rate_ratio_cap: 10,
    double_review_share: 0.1,
    expected_per_day: 1000,
    maturity_days: 14,
  },
  response: planPreviewSchema,
  audit: { none: "it changes nothing" },
  handler: ({ ctx, body }) => previewPlan(ctx, body),
});
