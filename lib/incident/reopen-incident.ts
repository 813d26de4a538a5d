import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { sqlState } from "@/lib/db/sql-state";
import { changeIncident } from "./change-incident";
import type { IncidentStanding } from "./schema";

/**
 * Takes a resolution back: the incident is acknowledged again if it ever was, else open. @throws AppError CONFLICT when it is not
 * resolved, or when the segment has a newer open incident by now: there is at most one
 */
export async function reopenIncident(
  ctx: Ctx,
  id: string,
  input: { note?: string | undefined },
): Promise<IncidentStanding> {
  try {
    return await changeIncident(ctx, id, {
      action: "incident.reopen",
      event: "reopened",
      note: input.note,
      change: {
        apply: (tx, where) => tx.$executeRaw`
        UPDATE incident SET resolved_at = NULL, resolved_sequence = NULL, state = CASE WHEN EXISTS (
            SELECT 1 FROM incident_event event
            WHERE event.project_id = incident.project_id AND event.incident_id = incident.id AND event.kind = 'acknowledged')
          THEN 'ACKNOWLEDGED' ELSE 'OPEN' END::incident_state
        WHERE project_id = ${where.projectId}::uuid AND id = ${where.id}::uuid AND state = 'RESOLVED'`,
        refusal: () => ({ sentence: "This incident is open already.", reason: "not_resolved" }),
      },
    });
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    const sentence = "This segment has a newer incident that is open. Go on with that one.";
    throw new AppError("CONFLICT", sentence, { reason: "newer_open" }, { cause: error });
  }
}
