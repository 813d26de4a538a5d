import { defineRoute } from "@/app/_boundary/route";
import { versionReply } from "@/lib/estimate/compare-versions";
import { compareVersionsQuerySchema, versionReplySchema } from "@/lib/estimate/version-schema";

/** Two model versions side by side: as each was used, on the same traffic, by segment, and on the inputs that both answered. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary:
    "Two model versions side by side: as used, on the same traffic, by segment, and on the same inputs.",
  query: compareVersionsQuerySchema,
  response: versionReplySchema,
  handler: ({ ctx, query }) => versionReply(ctx, query),
});
