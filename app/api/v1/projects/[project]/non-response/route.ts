import { defineRoute } from "@/app/_boundary/route";
import { nonResponseSchema, windowQuerySchema } from "@/lib/estimate/measurement-schema";
import { nonResponse } from "@/lib/estimate/non-response";
import { peopleWindow } from "@/lib/review/people-window";

/** What nobody could or would judge, by stratum, with what it leaves open. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "What nobody could or would judge, by stratum, with what it leaves open.",
  query: windowQuerySchema,
  response: nonResponseSchema,
  handler: ({ ctx, query }) => nonResponse(ctx, peopleWindow(ctx, query)),
});
