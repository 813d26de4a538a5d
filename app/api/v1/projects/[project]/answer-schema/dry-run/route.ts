import { defineRoute } from "@/app/_boundary/route";
import { dryRun } from "@/lib/review/dry-run";
import { dryRunRequestSchema, dryRunSchema } from "@/lib/review/trial-schema";

/** What a form would have made of past reviews. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: dryRunRequestSchema,
  example: {
    definition: {
      fields: [
        { key: "spam", label: "Is it spam?", type: "boolean", output_path: "/spam", truth_path: "/spam" },
      ],
    },
  },
  response: dryRunSchema,
  audit: { none: "it changes nothing" },
  handler: ({ ctx, body }) => dryRun(ctx, body.definition),
});
