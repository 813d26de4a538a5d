import * as z from "zod";

import { defineRoute } from "@/app/_boundary/route";
import { muteIncident } from "@/lib/incident/mute-incident";
import { incidentStandingSchema, muteSchema } from "@/lib/incident/schema";

export const POST = defineRoute({
  policy: { capability: "project.manage" },
  params: z.strictObject({ incident: z.uuid() }),
  body: muteSchema,
  example: { until: tomorrow(), note: "The fix is on its way." },
  response: incidentStandingSchema,
  audit: "incident.mute",
  handler: ({ ctx, params, body }) => muteIncident(ctx, params.incident, body),
});

/** An example has to be accepted on the day on which somebody tries it. */
function tomorrow(): string {
  return new Date(Date.now() + 86_400_000).toISOString();
}
