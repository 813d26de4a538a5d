import type { Ctx } from "@/lib/core/ctx";
import { changeIncident } from "./change-incident";
import type { IncidentStanding } from "./schema";

/** Adds a person's note to the timeline, whatever state the incident is in. */
export async function noteIncident(ctx: Ctx, id: string, input: { note: string }): Promise<IncidentStanding> {
  return changeIncident(ctx, id, {
    action: "incident.note",
    event: "noted",
    note: input.note,
  });
}
