import { defineRoute } from "@/app/_boundary/route";
import { reviewerMixSchema, windowQuerySchema } from "@/lib/estimate/measurement-schema";
import { reviewerMix } from "@/lib/estimate/reviewer-mix";
import { peopleWindow } from "@/lib/review/people-window";

/** Accuracy by week as reviewed, and as if everybody had always reviewed their usual part. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "Accuracy by week as reviewed, and as if everybody had always reviewed their usual part.",
  query: windowQuerySchema,
  response: reviewerMixSchema,
  handler: ({ ctx, query }) => reviewerMix(ctx, peopleWindow(ctx, query)),
});
