import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import type { Incident } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { appendEvent, type NewEvent } from "./append-event";
import { type IncidentStanding, INCIDENT_STATES } from "./schema";

export interface Transition {
  /** noun.verb of the audit row. */
  action: string;
  event: "acknowledged" | "muted" | "unmuted" | "resolved" | "reopened" | "noted";
  note?: string | undefined;
  /** Goes into the event; called after the change. */
  details?: () => NonNullable<NewEvent["details"]>;
  /** Of a step that changes the incident itself. */
  change?: {
    /** Changes it if its state allows that; the number of rows changed. */
    apply: (tx: Tx, where: { projectId: string; id: string }) => Promise<number>;
    /** Why the state of this incident does not allow it. */
    refusal: (incident: Incident) => { sentence: string; reason: string };
  };
}

/**
 * One step of an incident: the conditional update, its event and its audit row, all or nothing. Of two people who do the same at
 * once the second gets CONFLICT and leaves no trace. @throws AppError NOT_FOUND, CONFLICT
 */
export async function changeIncident(ctx: Ctx, id: string, step: Transition): Promise<IncidentStanding> {
  const projectId = ctx.project.id;
  return inTransaction(ctx.db, async (tx) => {
    const changed = await step.change?.apply(tx, { projectId, id });
    const incident = await tx.incident.findUnique({ where: { projectId_id: { projectId, id } } });
    if (!incident) throw new AppError("NOT_FOUND", "There is no such incident.");
    if (step.change && changed === 0) {
      const { sentence, reason } = step.change.refusal(incident);
      throw new AppError("CONFLICT", sentence, { reason });
    }
    await appendEvent(tx, projectId, {
      incidentId: id,
      kind: step.event,
      userId: ctx.actor.kind === "user" ? ctx.actor.userId : null,
      note: step.note,
      details: step.details?.() ?? {},
    });
    await writeAudit(tx, ctx, {
      action: step.action,
      objectKind: "incident",
      objectId: id,
      details: { kind: incident.kind, attribute: incident.attribute, value: incident.value },
    });
    return standing(incident);
  });
}

export const ALREADY_RESOLVED = {
  sentence: "This incident has been resolved in the meantime.",
  reason: "resolved",
};

function standing(incident: Incident): IncidentStanding {
  return {
    id: incident.id,
    state: stateText(incident.state),
    muted_until: incident.mutedUntil?.toISOString() ?? null,
    resolved_at: incident.resolvedAt?.toISOString() ?? null,
  };
}

/** OPEN → "open" */
function stateText(state: Incident["state"]): IncidentStanding["state"] {
  const found = INCIDENT_STATES.find((each) => each.toUpperCase() === state);
  if (!found) throw new Error("An incident is in a state without a name.");
  return found;
}
