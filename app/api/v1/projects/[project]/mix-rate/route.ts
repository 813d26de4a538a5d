import { defineRoute } from "@/app/_boundary/route";
import { mixRate } from "@/lib/estimate/mix-rate";
import { mixRateQuerySchema, mixRateSchema } from "@/lib/estimate/schema";

/** Why accuracy differs from the pilot, or from earlier days: other traffic, or other answers on the same traffic. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "Why accuracy differs: other traffic, or other answers on the same traffic.",
  query: mixRateQuerySchema,
  response: mixRateSchema,
  handler: ({ ctx, query: { attribute, from, to, before, before_from, before_to } }) =>
    mixRate(ctx, {
      attribute,
      before: before_from && before_to ? { from: before_from, to: before_to } : before,
      after: from && to ? { from, to } : undefined,
    }),
});
