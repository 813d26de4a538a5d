import { defineRoute } from "@/app/_boundary/route";
import { queueStatus } from "@/lib/review/queue-status";
import { queueJson } from "@/lib/review/review-json";
import { queueStatusSchema } from "@/lib/review/schema";

/** What this person has done today, what is left for them, and why nothing can be claimed when nothing can. */
export const GET = defineRoute({
  policy: { capability: "review.work" },
  response: queueStatusSchema,
  handler: async ({ ctx }) => queueJson(await queueStatus(ctx)),
});
