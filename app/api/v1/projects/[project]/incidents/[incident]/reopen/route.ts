import * as z from "zod";

import { defineRoute } from "@/app/_boundary/route";
import { reopenIncident } from "@/lib/incident/reopen-incident";
import { incidentStandingSchema, noteBodySchema } from "@/lib/incident/schema";

export const POST = defineRoute({
  policy: { capability: "project.manage" },
  params: z.strictObject({ incident: z.uuid() }),
  body: noteBodySchema,
  example: {},
  response: incidentStandingSchema,
  audit: "incident.reopen",
  handler: ({ ctx, params, body }) => reopenIncident(ctx, params.incident, body),
});
