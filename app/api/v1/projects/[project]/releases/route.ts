import { defineRoute } from "@/app/_boundary/route";
import { markRelease } from "@/lib/ingest/mark-release";
import { markedReleaseSchema, markReleaseSchema } from "@/lib/ingest/release-schema";

/** Marks by hand that a model version went live on some day. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: markReleaseSchema,
  example: { model_name: "router", model_version: "1.1", day: "2026-03-02", note: "New prompt." },
  response: markedReleaseSchema,
  status: 201,
  audit: "release.record",
  handler: async ({ ctx, body }) => {
    const { id, isNew } = await markRelease(ctx, body);
    return { id, is_new: isNew };
  },
});
