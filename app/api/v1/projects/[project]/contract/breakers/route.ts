import { defineRoute } from "@/app/_boundary/route";
import { breakerQuerySchema, breakersSchema } from "@/lib/contract/breaker-schema";
import { listBreakers } from "@/lib/incident/breaker-queries";

/** Reasons that so many records have, or had, that they hold none of them back: the open ones first. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "Reasons that so many records have, or had, that they hold none of them back.",
  query: breakerQuerySchema,
  response: breakersSchema,
  handler: ({ ctx, query }) => listBreakers(ctx, query),
});
