import { defineRoute } from "@/app/_boundary/route";
import { reviewersQuerySchema, reviewersSchema } from "@/lib/review/people-schema";
import { peopleWindow } from "@/lib/review/people-window";
import { reviewerReport } from "@/lib/review/reviewer-report";

/** How fast and how well each person judges, and how far people agree. */
export const GET = defineRoute({
  policy: { capability: "project.manage" },
  query: reviewersQuerySchema,
  response: reviewersSchema,
  handler: ({ ctx, query }) => reviewerReport(ctx, peopleWindow(ctx, query)),
});
