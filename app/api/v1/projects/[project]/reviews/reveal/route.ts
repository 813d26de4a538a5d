import { defineRoute } from "@/app/_boundary/route";
import { revealOutput } from "@/lib/review/reveal-output";
import { requirePerson } from "@/lib/review/reviewer";
import { revealedJson } from "@/lib/review/review-json";
import { revealedSchema, revealRequestSchema } from "@/lib/review/wire-schema";

/** Fixes the answer that was given blind, then shows the output and how the two compare. */
export const POST = defineRoute({
  policy: { capability: "review.work" },
  body: revealRequestSchema,
  example: {
    slot_id: "0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeee1",
    lease_token: "0199aaaa-bbbb-4ccc-8ddd-eeeeeeeeeee2",
    answer_schema_id: "0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeee3",
    answer: { spam: true },
  },
  response: revealedSchema,
  audit: { none: "the blind answer is kept in an append-only table of its own" },
  handler: async ({ ctx, body }) => {
    requirePerson(ctx, body.as);
    return revealedJson(
      await revealOutput(ctx, {
        slotId: body.slot_id,
        leaseToken: body.lease_token,
        answerSchemaId: body.answer_schema_id,
        answer: body.answer,
      }),
    );
  },
});
