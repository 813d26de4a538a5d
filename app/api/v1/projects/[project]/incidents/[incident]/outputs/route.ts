import * as z from "zod";

import { nothingHere } from "@/app/_boundary/problem";
import { defineRoute } from "@/app/_boundary/route";
import { incidentOutputsQuerySchema, incidentOutputsSchema } from "@/lib/incident/output-schema";
import { readIncidentOutputs } from "@/lib/incident/incident-outputs";

export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "The outputs that an incident is about.",
  params: z.strictObject({ incident: z.uuid() }),
  query: incidentOutputsQuerySchema,
  response: incidentOutputsSchema,
  handler: async ({ ctx, params, query, can }) => {
    const outputs = await readIncidentOutputs(ctx, params.incident, query, can("payload.read"));
    if (!outputs) throw nothingHere();
    return outputs;
  },
});
