import { newId } from "@/lib/core/id";
import type { Tx } from "@/lib/db/client";
import { enqueueJob } from "@/lib/db/enqueue-job";
import { Prisma } from "@/lib/db/generated/client";
import type { EventKind } from "./schema";

export interface NewEvent {
  incidentId: string;
  kind: EventKind;
  /** Null: the product itself. */
  userId?: string | null;
  note?: string | undefined;
  details?: Record<string, string | number | null>;
}

/** Of these, people outside of the product are told. */
const TOLD: readonly EventKind[] = ["opened", "acknowledged", "resolved", "reopened"];

/**
 * Adds a line to an incident's timeline. Its time is read after the incident's row was locked, not when the transaction began, so
 * that the lines stand in the order in which they happened. What others should be told leaves a job in the same transaction.
 */
export async function appendEvent(tx: Tx, projectId: string, event: NewEvent): Promise<void> {
  const { incidentId, kind, userId = null, note, details = {} } = event;
  const id = newId();
  await tx.$executeRaw`
    INSERT INTO incident_event (project_id, id, incident_id, kind, at, user_id, note, details)
    VALUES (${projectId}::uuid, ${id}::uuid, ${incidentId}::uuid, ${kind}, clock_timestamp(), ${userId}::uuid,
      ${note ? note : null}, ${JSON.stringify(details)}::jsonb)`;
  if (TOLD.includes(kind))
    await enqueueJob(
      tx,
      "route-alert",
      { projectId, eventId: id },
      { key: `alert:${id}`, onlyIf: someoneListens(projectId) },
    );
}

/** A project without channels has nobody to tell: a job costs two milliseconds. */
function someoneListens(projectId: string): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM alert_channel WHERE project_id = ${projectId}::uuid AND deleted_at IS NULL AND disabled_at IS NULL)`;
}
