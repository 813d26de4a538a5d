import * as z from "zod";

import { defineRoute } from "@/app/_boundary/route";
import { acknowledgeIncident } from "@/lib/incident/acknowledge-incident";
import { incidentStandingSchema, noteBodySchema } from "@/lib/incident/schema";

export const POST = defineRoute({
  policy: { capability: "project.manage" },
  params: z.strictObject({ incident: z.uuid() }),
  body: noteBodySchema,
  example: { note: "Looking at the new model version." },
  response: incidentStandingSchema,
  audit: "incident.acknowledge",
  handler: ({ ctx, params, body }) => acknowledgeIncident(ctx, params.incident, body),
});
