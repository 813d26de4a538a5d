import { defineRoute } from "@/app/_boundary/route";
import { listIncidents } from "@/lib/incident/queries";
import { incidentListSchema, incidentQuerySchema } from "@/lib/incident/schema";

export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "Incidents, open ones first.",
  query: incidentQuerySchema,
  response: incidentListSchema,
  handler: ({ ctx, query }) => listIncidents(ctx, query),
});
