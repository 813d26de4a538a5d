import { newId } from "@/lib/core/id";
import type { Tx } from "@/lib/db/client";
import * as z from "zod";
import { appendEvent } from "./append-event";
import { type IncidentFacts, incidentFactsSchema } from "./facts-schema";
import type { InputIncidentKind } from "./input-schema";
import type { IncidentKind } from "./schema";
import type { SegmentPart } from "./segment-part";

/** A detector reached its threshold: what it says about that moment. */
export interface Alarm extends SegmentPart {
  kind: Exclude<IncidentKind, InputIncidentKind>;
  planId: string;
  /** The cohort in which the threshold was reached, and its day. */
  sequence: number;
  day: string;
  /** The cohort in which the change likely began, and its day. */
  changeSequence: number;
  changeDay: string;
  /** Accuracy that must not be undershot. */
  boundary: number;
  logThreshold: number;
  logEvidence: number;
  /** Reviewed outputs from the likely start to the alarm. */
  reviews: number;
  /** Observations that this version of the monitors had been fed by then. */
  observations: number;
}

export interface OpenedIncident {
  incidentId: string;
  /** False: it was added to one that is open already, or was known. */
  opened: boolean;
}

const idRow = z.object({ id: z.uuid() });

/**
 * Opens an incident for an alarm, or adds the alarm to the one that is open for the segment; the partial unique index decides
 * between two evaluators. The same alarm again changes nothing, and neither does one from before the segment's last resolution:
 * it was judged then. Call it in the transaction that feeds the cohort.
 */
export async function openIncident(
  tx: Tx,
  { projectId }: { projectId: string },
  alarm: Alarm,
): Promise<OpenedIncident> {
  const judged = await findJudged(tx, projectId, alarm);
  if (judged) return { incidentId: judged, opened: false };
  // A person may resolve the open one between the two statements: then the next round opens another.
  for (let round = 0; round < 5; round += 1) {
    const created = await insertIncident(tx, projectId, alarm);
    if (created) {
      await addEvent(tx, projectId, created, "opened", alarm);
      return { incidentId: created, opened: true };
    }
    const attached = await attachAlarm(tx, projectId, alarm);
    if (attached) return { incidentId: attached, opened: false };
  }
  throw new Error("An incident was neither opened nor found open.");
}

/** A resolved incident of the segment that this alarm belongs to. */
async function findJudged(tx: Tx, projectId: string, alarm: Alarm): Promise<string | undefined> {
  const rows = await tx.$queryRaw`
    SELECT id FROM incident
    WHERE project_id = ${projectId}::uuid AND kind = ${alarm.kind} AND attribute = ${alarm.attribute} AND value = ${alarm.value}
      AND state = 'RESOLVED' AND resolved_sequence >= ${alarm.sequence}
    ORDER BY resolved_sequence DESC, id DESC LIMIT 1`;
  return z.array(idRow).parse(rows)[0]?.id;
}

async function insertIncident(tx: Tx, projectId: string, alarm: Alarm): Promise<string | undefined> {
  const facts: IncidentFacts = incidentFactsSchema.parse({
    boundary: alarm.boundary,
    log_threshold: alarm.logThreshold,
    log_evidence: alarm.logEvidence,
    reviews: alarm.reviews,
    observations: alarm.observations,
  });
  const rows = await tx.$queryRaw`
    INSERT INTO incident (project_id, id, kind, attribute, value, plan_id, alarm_sequence, last_sequence, alarm_day,
      change_sequence, change_day, facts)
    VALUES (${projectId}::uuid, ${newId()}::uuid, ${alarm.kind}, ${alarm.attribute}, ${alarm.value}, ${alarm.planId}::uuid,
      ${alarm.sequence}, ${alarm.sequence}, ${alarm.day}::date, ${alarm.changeSequence}, ${alarm.changeDay}::date,
      ${JSON.stringify(facts)}::jsonb)
    ON CONFLICT (project_id, kind, attribute, value, subject) WHERE state <> 'RESOLVED' DO NOTHING
    RETURNING id`;
  return z.array(idRow).parse(rows)[0]?.id;
}

/** Undefined when none is open any more. */
async function attachAlarm(tx: Tx, projectId: string, alarm: Alarm): Promise<string | undefined> {
  const rows = await tx.$queryRaw`
    SELECT id FROM incident
    WHERE project_id = ${projectId}::uuid AND kind = ${alarm.kind} AND attribute = ${alarm.attribute} AND value = ${alarm.value}
      AND state <> 'RESOLVED'
    FOR UPDATE`;
  const found = z.array(idRow).parse(rows)[0];
  if (!found) return undefined;
  const added = await tx.$executeRaw`
    UPDATE incident SET alarms = alarms + 1, last_sequence = greatest(last_sequence, ${alarm.sequence})
    WHERE project_id = ${projectId}::uuid AND id = ${found.id}::uuid AND NOT EXISTS (
      SELECT 1 FROM incident_event event
      WHERE event.project_id = ${projectId}::uuid AND event.incident_id = ${found.id}::uuid
        AND event.kind IN ('opened', 'alarmed')
        AND event.details @> ${JSON.stringify({ plan_id: alarm.planId, sequence: alarm.sequence })}::jsonb)`;
  if (added > 0) await addEvent(tx, projectId, found.id, "alarmed", alarm);
  return found.id;
}

async function addEvent(
  tx: Tx,
  projectId: string,
  incidentId: string,
  kind: "opened" | "alarmed",
  alarm: Alarm,
): Promise<void> {
  const { planId, sequence, day, logEvidence } = alarm;
  const details = { plan_id: planId, sequence, day, log_evidence: logEvidence };
  await appendEvent(tx, projectId, { incidentId, kind, details });
}
