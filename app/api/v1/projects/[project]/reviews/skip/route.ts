import { defineRoute } from "@/app/_boundary/route";
import { claimNext } from "@/lib/review/claim-next";
import { storedReviewJson, submissionFrom } from "@/lib/review/review-json";
import { requirePerson } from "@/lib/review/reviewer";
import { skipRequestSchema, storedReviewSchema } from "@/lib/review/wire-schema";
import { submitReview } from "@/lib/review/submit-review";

/** Hands an item on, or says that it cannot be judged; with the reason. */
export const POST = defineRoute({
  policy: { capability: "review.work" },
  body: skipRequestSchema,
  example: {
    slot_id: "0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeee1",
    lease_token: "0199aaaa-bbbb-4ccc-8ddd-eeeeeeeeeee2",
    submission_key: "0199aaaa-bbbb-4ccc-8ddd-eeeeeeeeeee4",
    answer_schema_id: "0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeee3",
    outcome: "CANNOT_JUDGE",
    reason: "The picture is missing.",
  },
  response: storedReviewSchema,
  audit: { none: "the review is append-only and names its author" },
  handler: async ({ ctx, body }) => {
    requirePerson(ctx, body.as);
    const stored = await submitReview(
      ctx,
      submissionFrom(body, { outcome: body.outcome, reason: body.reason }),
    );
    return storedReviewJson(stored, body.claim_next ? await claimNext(ctx) : null);
  },
});
