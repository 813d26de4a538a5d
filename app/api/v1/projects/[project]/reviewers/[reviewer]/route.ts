import * as z from "zod";

import { nothingHere } from "@/app/_boundary/problem";
import { defineRoute } from "@/app/_boundary/route";
import { reviewerDetailSchema, reviewersQuerySchema } from "@/lib/review/people-schema";
import { changeReviewer } from "@/lib/review/change-reviewer";
import { peopleWindow } from "@/lib/review/people-window";
import { reviewerDetail } from "@/lib/review/reviewer-detail";
import { changeReviewerSchema, reviewerSettingSchema } from "@/lib/review/reviewer-schema";

/** One person by week, with the known items and own old items on which they erred or changed their mind. */
export const GET = defineRoute({
  policy: { capability: "project.manage" },
  params: z.strictObject({ reviewer: z.uuid() }),
  query: reviewersQuerySchema,
  response: reviewerDetailSchema,
  handler: async ({ ctx, params, query }) => {
    const detail = await reviewerDetail(ctx, peopleWindow(ctx, query), params.reviewer);
    if (!detail) throw nothingHere();
    return detail;
  },
});

/** Pauses somebody, sets their target or what they are given; the rest stays. */
export const PATCH = defineRoute({
  policy: { capability: "project.manage" },
  params: z.strictObject({ reviewer: z.uuid() }),
  body: changeReviewerSchema,
  example: { target_per_week: 40 },
  response: reviewerSettingSchema,
  audit: "reviewer.change",
  handler: ({ ctx, params, body }) => changeReviewer(ctx, params.reviewer, body),
});
