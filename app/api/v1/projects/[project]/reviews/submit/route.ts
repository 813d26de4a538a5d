import { defineRoute } from "@/app/_boundary/route";
import { claimNext } from "@/lib/review/claim-next";
import { storedReviewJson, submissionFrom } from "@/lib/review/review-json";
import { requirePerson } from "@/lib/review/reviewer";
import { storedReviewSchema, submitRequestSchema } from "@/lib/review/wire-schema";
import { submitReview } from "@/lib/review/submit-review";

/** Stores what this person decided. */
export const POST = defineRoute({
  policy: { capability: "review.work" },
  body: submitRequestSchema,
  example: {
    slot_id: "0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeee1",
    lease_token: "0199aaaa-bbbb-4ccc-8ddd-eeeeeeeeeee2",
    submission_key: "0199aaaa-bbbb-4ccc-8ddd-eeeeeeeeeee4",
    answer_schema_id: "0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeee3",
    answer: { spam: true },
  },
  response: storedReviewSchema,
  audit: { none: "the review is append-only and names its author" },
  handler: async ({ ctx, body }) => {
    requirePerson(ctx, body.as);
    const { answer, overrule } = body;
    const stored = await submitReview(
      ctx,
      submissionFrom(body, {
        outcome: "ANSWERED",
        ...(answer ? { answer } : {}),
        ...(overrule ? { overrule } : {}),
      }),
    );
    return storedReviewJson(stored, body.claim_next ? await claimNext(ctx) : null);
  },
});
