import { defineRoute } from "@/app/_boundary/route";
import { changeReviewSetting, readReviewSetting } from "@/lib/review/review-setting";
import { changeReviewSettingSchema, reviewSettingSchema } from "@/lib/review/setting-schema";

/** How reviews are done in this project. */
export const GET = defineRoute({
  policy: { capability: "project.manage" },
  response: reviewSettingSchema,
  handler: ({ ctx }) => readReviewSetting(ctx),
});

/** Changes what is named; the rest stays. */
export const PATCH = defineRoute({
  policy: { capability: "project.manage" },
  body: changeReviewSettingSchema,
  example: { gold_share: 0.05 },
  response: reviewSettingSchema,
  audit: "review-setting.change",
  handler: ({ ctx, body }) => changeReviewSetting(ctx, body),
});
