import { defineRoute } from "@/app/_boundary/route";
import { worstSegments } from "@/lib/monitor/worst-segments";
import { worstSegmentsQuerySchema, worstSegmentsSchema } from "@/lib/monitor/worst-segments-schema";

/** Segments whose accuracy is below the boundary, the most surely worse first, and those with too few reviews to judge. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "Segments below the boundary, the most surely worse first, and those with too few reviews.",
  query: worstSegmentsQuerySchema,
  response: worstSegmentsSchema,
  handler: ({ ctx, query }) => worstSegments(ctx, query),
});
