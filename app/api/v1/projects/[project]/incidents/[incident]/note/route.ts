import * as z from "zod";

import { defineRoute } from "@/app/_boundary/route";
import { noteIncident } from "@/lib/incident/note-incident";
import { incidentStandingSchema, addNoteSchema } from "@/lib/incident/schema";

export const POST = defineRoute({
  policy: { capability: "project.manage" },
  params: z.strictObject({ incident: z.uuid() }),
  body: addNoteSchema,
  example: { note: "The sender changed its form on Monday." },
  response: incidentStandingSchema,
  audit: "incident.note",
  handler: ({ ctx, params, body }) => noteIncident(ctx, params.incident, body),
});
