import { defineRoute } from "@/app/_boundary/route";
import { ratesOf } from "@/lib/contract/publish-contract";
import { contractRatesSchema, definitionSchema } from "@/lib/contract/wire-schema";

/** How many records like the pilot's a contract would flag and hold back: each judged by what the other nine tenths say. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: definitionSchema,
  bodyLimitBytes: 2 * 1024 * 1024,
  example: { definition: { rules: [{ rule: "required", path: "/input/text" }] } },
  response: contractRatesSchema,
  audit: { none: "it changes nothing" },
  handler: async ({ ctx, body }) => ({ rates: await ratesOf(ctx, body.definition) }),
});
