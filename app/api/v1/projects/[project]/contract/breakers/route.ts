import { defineRoute } from "@/app/_boundary/route";
import { breakersSchema } from "@/lib/contract/breaker-schema";
import { readBreakers } from "@/lib/incident/breaker-queries";

/** Reasons that so many records have, or had, that they hold none of them back: the open ones first, at most fifty. */
export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "Reasons that so many records have, or had, that they hold none of them back.",
  response: breakersSchema,
  handler: async ({ ctx }) => ({ breakers: await readBreakers(ctx) }),
});
