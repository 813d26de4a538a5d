import type { Tx } from "@/lib/db/client";
import { appendEvent } from "./append-event";
import { findOpen, type InputFinding } from "./open-input-incident";
import type { EndReason } from "./input-schema";

/** What an incident about the inputs found is over: it resolves by itself. Returns false when none is open. */
export async function endInputIncident(
  tx: Tx,
  { projectId }: { projectId: string },
  {
    kind,
    subject,
    reason,
    details,
  }: Pick<InputFinding, "kind" | "subject"> & { reason: EndReason; details?: Record<string, number> },
): Promise<boolean> {
  const id = await findOpen(tx, projectId, { kind, subject });
  if (id === undefined) return false;
  await tx.$executeRaw`
    UPDATE incident SET state = 'RESOLVED', resolved_at = clock_timestamp() WHERE project_id = ${projectId}::uuid AND id = ${id}::uuid`;
  await appendEvent(tx, projectId, { incidentId: id, kind: "resolved", details: { reason, ...details } });
  return true;
}
