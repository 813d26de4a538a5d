import { defineRoute } from "@/app/_boundary/route";
import { listOutputs } from "@/lib/output/list-outputs";
import { outputPageSchema, outputQuerySchema } from "@/lib/output/schema";

export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "Stored outputs, filtered, a page at a time.",
  query: outputQuerySchema,
  response: outputPageSchema,
  handler: ({ ctx, query, can }) => listOutputs(ctx, query, can("payload.read")),
});
