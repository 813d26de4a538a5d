import { defineRoute } from "@/app/_boundary/route";
import { importJsonSchema } from "@/lib/contract/import-json-schema";
import { importedSchema, importSchema } from "@/lib/contract/wire-schema";

/** Translates a JSON Schema into rules and names every keyword that has no counterpart. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  body: importSchema,
  bodyLimitBytes: 2 * 1024 * 1024,
  example: {
    schema: { type: "object", required: ["text"], properties: { text: { type: "string" } } },
    root: "/input",
  },
  response: importedSchema,
  audit: { none: "it changes nothing" },
  handler: ({ body }) => importJsonSchema(body.schema, body.root),
});
