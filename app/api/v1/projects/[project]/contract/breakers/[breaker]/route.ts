import * as z from "zod";

import { defineRoute } from "@/app/_boundary/route";
import { breakerSchema, decideBreakerSchema } from "@/lib/contract/breaker-schema";
import { decideBreakerIncident } from "@/lib/incident/decide-breaker-incident";

/** Decides about a reason that so many records have: hold them back all the same, take and flag them again, or blame the sender. */
export const POST = defineRoute({
  policy: { capability: "project.manage" },
  params: z.strictObject({ breaker: z.uuid() }),
  body: decideBreakerSchema,
  example: { decision: "sender", note: "The export of 3 March writes the city into the country." },
  response: breakerSchema,
  audit: "contract.decide-breaker",
  handler: ({ ctx, params, body }) => decideBreakerIncident(ctx, params.breaker, body),
});
