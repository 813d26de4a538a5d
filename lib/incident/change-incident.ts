import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import { type Incident, Prisma } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import * as z from "zod";
import { appendEvent, type NewEvent } from "./append-event";
import { type IncidentStanding, INCIDENT_STATES } from "./schema";

const fedRow = z.object({ fedSequence: z.number().int() });

export interface Transition {
  /** noun.verb of the audit row. */
  action: string;
  event: "acknowledged" | "muted" | "unmuted" | "resolved" | "reopened" | "noted";
  note?: string | undefined;
  /** Goes into the event. */
  details?: NonNullable<NewEvent["details"]>;
  /** Waits for an evaluation that is feeding a cohort at this moment, and keeps the next one waiting. */
  afterFeeding?: boolean;
  /** Of a step that changes the incident itself. */
  change?: {
    /** Changes it if its state allows that; the number of rows changed. */
    apply: (tx: Tx, where: { projectId: string; id: string }, fedSequence: number | null) => Promise<number>;
    /** Why the state of this incident does not allow it. */
    refusal: (incident: Incident) => { sentence: string; reason: string };
  };
}

/**
 * One step of an incident: the conditional update, its event and its audit row, all or nothing. Of two people who do the same at
 * once the second gets CONFLICT and leaves no trace. The event says which cohort had been fed last, so that reviews before and after it
 * can be told apart whatever clock they have. @throws AppError NOT_FOUND, CONFLICT
 */
export async function changeIncident(ctx: Ctx, id: string, step: Transition): Promise<IncidentStanding> {
  const projectId = ctx.project.id;
  return inTransaction(ctx.db, async (tx) => {
    const sequence = await readFedSequence(tx, projectId, step.afterFeeding ?? false);
    const changed = await step.change?.apply(tx, { projectId, id }, sequence);
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
      details: { ...step.details, sequence },
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

/** The newest cohort that the newest version has been fed; null when nothing is monitored. */
async function readFedSequence(tx: Tx, projectId: string, lock: boolean): Promise<number | null> {
  const rows = await tx.$queryRaw`
    SELECT run.fed_sequence AS "fedSequence" FROM monitor_run run
      JOIN monitor_plan plan ON plan.project_id = run.project_id AND plan.id = run.plan_id
    WHERE run.project_id = ${projectId}::uuid
    ORDER BY plan.version DESC LIMIT 1
    ${lock ? Prisma.sql`FOR UPDATE OF run` : Prisma.empty}`;
  return z.array(fedRow).parse(rows)[0]?.fedSequence ?? null;
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
