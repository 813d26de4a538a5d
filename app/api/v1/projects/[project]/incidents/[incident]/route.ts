import * as z from "zod";

import { nothingHere } from "@/app/_boundary/problem";
import { defineRoute } from "@/app/_boundary/route";
import { readIncident } from "@/lib/incident/incident-detail";
import { incidentDetailSchema } from "@/lib/incident/schema";

export const GET = defineRoute({
  policy: { capability: "project.read", keys: true },
  summary: "One incident with its evidence and timeline.",
  params: z.strictObject({ incident: z.uuid() }),
  response: incidentDetailSchema,
  handler: async ({ ctx, params }) => {
    const incident = await readIncident(ctx, params.incident);
    if (!incident) throw nothingHere();
    return incident;
  },
});
