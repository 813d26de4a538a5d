import { defineRoute } from "@/app/_boundary/route";
import { undoneJson } from "@/lib/review/review-json";
import { requirePerson } from "@/lib/review/reviewer";
import { undoneSchema, undoRequestSchema } from "@/lib/review/wire-schema";
import { undoReview } from "@/lib/review/undo-review";

/** Takes this person's last decision back, and gives them the item again. */
export const POST = defineRoute({
  policy: { capability: "review.work" },
  body: undoRequestSchema,
  example: { submission_key: "0199aaaa-bbbb-4ccc-8ddd-eeeeeeeeeee5" },
  response: undoneSchema,
  audit: { none: "an undo is a revision of its own" },
  handler: async ({ ctx, body }) => {
    requirePerson(ctx, body.as);
    const { submission_key, which, queue } = body;
    return undoneJson(await undoReview(ctx, { submissionKey: submission_key, which, queue }));
  },
});
