import { defineRoute } from "@/app/_boundary/route";
import { accuracyReply } from "@/lib/estimate/queries";
import { accuracyQuerySchema, accuracyReplySchema } from "@/lib/estimate/schema";

/** Accuracy over time, overall or of one segment, and of the segment values beside it. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "Accuracy over time, overall or of one segment, and of the segment values beside it.",
  query: accuracyQuerySchema,
  response: accuracyReplySchema,
  handler: ({ ctx, query }) => accuracyReply(ctx, { ...query, periodKind: query.period }),
});
