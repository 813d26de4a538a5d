import type { Ctx } from "@/lib/core/ctx";
import * as z from "zod";
import { EVENT_KINDS, type IncidentEvent } from "./schema";

/** A person's doings are few; alarms come once a cohort at most. */
const MOST_EVENTS = 500;

const eventRow = z.object({
  id: z.uuid(),
  kind: z.enum(EVENT_KINDS),
  at: z.date().transform((at) => at.toISOString()),
  by: z.string().nullable(),
  note: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});

/** Everything that happened to an incident, oldest first, with people's names; the newest 500. */
export async function readTimeline(ctx: Ctx, incidentId: string): Promise<IncidentEvent[]> {
  const rows = await ctx.db.$queryRaw`
    SELECT event.id, event.kind, event.at, person.name AS by, event.note, event.details
    FROM incident_event event LEFT JOIN user_account person ON person.id = event.user_id
    WHERE event.project_id = ${ctx.project.id}::uuid AND event.incident_id = ${incidentId}::uuid
    ORDER BY event.at DESC, event.id DESC LIMIT ${MOST_EVENTS}`;
  return z.array(eventRow).parse(rows).reverse();
}
