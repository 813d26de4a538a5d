import * as z from "zod";

import { defineRoute } from "@/app/_boundary/route";
import { resolveIncident } from "@/lib/incident/resolve-incident";
import { incidentStandingSchema, resolveSchema } from "@/lib/incident/schema";

export const POST = defineRoute({
  policy: { capability: "project.manage" },
  params: z.strictObject({ incident: z.uuid() }),
  body: resolveSchema,
  example: { reason: "fixed", note: "Rolled back to 1.3." },
  response: incidentStandingSchema,
  audit: "incident.resolve",
  handler: ({ ctx, params, body }) => resolveIncident(ctx, params.incident, body),
});
