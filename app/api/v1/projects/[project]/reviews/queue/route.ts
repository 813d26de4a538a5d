import { defineRoute } from "@/app/_boundary/route";
import { queueStatus } from "@/lib/review/queue-status";
import { queueJson } from "@/lib/review/review-json";
import { requirePerson } from "@/lib/review/reviewer";
import { queueQuerySchema, queueStatusSchema } from "@/lib/review/wire-schema";

/** What this person has done today, what is left for them, and why nothing can be claimed when nothing can. */
export const GET = defineRoute({
  policy: { capability: "review.work" },
  query: queueQuerySchema,
  response: queueStatusSchema,
  handler: async ({ ctx, query }) => {
    requirePerson(ctx, query.as);
    return queueJson(await queueStatus(ctx, query.queue));
  },
});
