import type { Ctx } from "@/lib/core/ctx";
import type { Tx } from "@/lib/db/client";
import * as z from "zod";
import { ALREADY_RESOLVED, changeIncident } from "./change-incident";
import type { IncidentStanding, resolveSchema } from "./schema";

const fedRow = z.object({ fedSequence: z.number().int() });

/**
 * Ends an incident. The detector of its segment starts from zero after the newest cohort that has been fed by now: an evaluation that
 * is feeding one at this moment is waited for, so that its alarm still belongs to this incident.
 */
export async function resolveIncident(
  ctx: Ctx,
  id: string,
  input: z.output<typeof resolveSchema>,
): Promise<IncidentStanding> {
  let resolvedSequence: number | null = null;
  return changeIncident(ctx, id, {
    action: "incident.resolve",
    event: "resolved",
    note: input.note,
    details: () => ({ reason: input.reason, sequence: resolvedSequence }),
    change: {
      apply: async (tx, where) => {
        resolvedSequence = await lockFedSequence(tx, where.projectId);
        const { count } = await tx.incident.updateMany({
          where: { ...where, state: { not: "RESOLVED" } },
          data: { state: "RESOLVED", resolvedAt: ctx.now, resolvedSequence },
        });
        return count;
      },
      refusal: () => ALREADY_RESOLVED,
    },
  });
}

/** The newest cohort that the newest version has been fed; null when nothing is monitored. Feeding waits until this ends. */
async function lockFedSequence(tx: Tx, projectId: string): Promise<number | null> {
  const rows = await tx.$queryRaw`
    SELECT run.fed_sequence AS "fedSequence" FROM monitor_run run
      JOIN monitor_plan plan ON plan.project_id = run.project_id AND plan.id = run.plan_id
    WHERE run.project_id = ${projectId}::uuid
    ORDER BY plan.version DESC LIMIT 1
    FOR UPDATE OF run`;
  return z.array(fedRow).parse(rows)[0]?.fedSequence ?? null;
}
