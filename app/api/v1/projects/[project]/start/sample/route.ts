import { defineRoute } from "@/app/_boundary/route";
import { keepSample } from "@/lib/start/keep-sample";
import { sampleTextSchema, understoodSchema } from "@/lib/start/schema";
import { LONGEST_SAMPLE } from "@/lib/start/longest-sample";

/** Keeps pasted records for the rest of the set-up, and drafts a contract from them that judges nothing. */
export const PUT = defineRoute({
  policy: { capability: "project.manage" },
  body: sampleTextSchema,
  bodyLimitBytes: 4 * LONGEST_SAMPLE,
  example: { text: '{"input":{"text":"Please pay"},"output":{"label":"invoice"}}' },
  response: understoodSchema,
  audit: "start.sample",
  handler: ({ ctx, body }) => keepSample(ctx, body.text),
});
