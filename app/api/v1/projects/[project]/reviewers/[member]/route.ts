import * as z from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { changeReviewer } from "@/lib/review/change-reviewer";
import { changeReviewerSchema, reviewerSettingSchema } from "@/lib/review/reviewer-schema";

/** Pauses somebody, sets their target or what they are given; the rest stays. */
export const PATCH = defineRoute({
  policy: { capability: "project.manage" },
  params: z.strictObject({ member: z.uuid() }),
  body: changeReviewerSchema,
  example: { target_per_week: 40 },
  response: reviewerSettingSchema,
  audit: "reviewer.change",
  handler: ({ ctx, params, body }) => changeReviewer(ctx, params.member, body),
});
