import { defineRoute } from "@/app/_boundary/route";
import { revalidateOutputs } from "@/lib/contract/revalidate-outputs";
import { definitionSchema, revalidationSchema } from "@/lib/contract/wire-schema";

/** What a contract would have said about the newest outputs. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: definitionSchema,
  bodyLimitBytes: 2 * 1024 * 1024,
  example: { definition: { rules: [{ rule: "required", path: "/input/text" }] } },
  response: revalidationSchema,
  audit: { none: "it changes nothing" },
  handler: ({ ctx, body }) => revalidateOutputs(ctx, body.definition),
});
