import * as z from "zod";

import { defineRoute } from "@/app/_boundary/route";
import { unmuteIncident } from "@/lib/incident/unmute-incident";
import { incidentStandingSchema, noteBodySchema } from "@/lib/incident/schema";

export const POST = defineRoute({
  policy: { capability: "project.manage" },
  params: z.strictObject({ incident: z.uuid() }),
  body: noteBodySchema,
  example: {},
  response: incidentStandingSchema,
  audit: "incident.unmute",
  handler: ({ ctx, params, body }) => unmuteIncident(ctx, params.incident, body),
});
