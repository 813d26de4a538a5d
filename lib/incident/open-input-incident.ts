import { newId } from "@/lib/core/id";
import type { Tx } from "@/lib/db/client";
import * as z from "zod";
import { appendEvent } from "./append-event";
import type { OpenedIncident } from "./open-incident";
import { type InputFacts, inputFactsSchema, type InputIncidentKind } from "./input-schema";

export interface InputFinding {
  kind: InputIncidentKind;
  /** What it is about; "" when there is one of its kind at a time. */
  subject: string;
  facts: InputFacts;
}

const idRow = z.object({ id: z.uuid() });

/**
 * Opens an incident about the inputs; the partial unique index decides between two who find the same. The same episode again (of this
 * kind and subject, since the same moment) changes nothing, not even after a person has resolved it: it was judged then.
 */
export async function openInputIncident(
  tx: Tx,
  { projectId }: { projectId: string },
  { kind, subject, facts }: InputFinding,
): Promise<OpenedIncident> {
  const known = await tx.$queryRaw`
    SELECT id FROM incident WHERE project_id = ${projectId}::uuid AND kind = ${kind} AND subject = ${subject}
      AND facts ->> 'since' = ${facts.since} LIMIT 1`;
  const judged = z.array(idRow).parse(known)[0];
  if (judged) return { incidentId: judged.id, opened: false };
  for (let round = 0; round < 5; round += 1) {
    const created = await tx.$queryRaw`
      INSERT INTO incident (project_id, id, kind, attribute, value, subject, facts)
      VALUES (${projectId}::uuid, ${newId()}::uuid, ${kind}, '', '', ${subject},
        ${JSON.stringify(inputFactsSchema.parse(facts))}::jsonb)
      ON CONFLICT (project_id, kind, attribute, value, subject) WHERE state <> 'RESOLVED' DO NOTHING
      RETURNING id`;
    const opened = z.array(idRow).parse(created)[0];
    if (opened) {
      await appendEvent(tx, projectId, { incidentId: opened.id, kind: "opened" });
      return { incidentId: opened.id, opened: true };
    }
    const open = await findOpen(tx, projectId, { kind, subject });
    if (open) return { incidentId: open, opened: false };
  }
  throw new Error("An incident was neither opened nor found open.");
}

/** Of a kind and subject, the one that is not resolved; its row stays locked. */
export async function findOpen(
  tx: Tx,
  projectId: string,
  { kind, subject }: Pick<InputFinding, "kind" | "subject">,
): Promise<string | undefined> {
  const rows = await tx.$queryRaw`
    SELECT id FROM incident WHERE project_id = ${projectId}::uuid AND kind = ${kind} AND subject = ${subject} AND state <> 'RESOLVED'
    FOR UPDATE`;
  return z.array(idRow).parse(rows)[0]?.id;
}
