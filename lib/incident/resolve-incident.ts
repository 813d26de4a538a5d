import type { Ctx } from "@/lib/core/ctx";
import type * as z from "zod";
import { ALREADY_RESOLVED, changeIncident } from "./change-incident";
import type { IncidentStanding, resolveSchema } from "./schema";

/**
 * Ends an incident. The detector of its segment starts from zero after the newest cohort that has been fed by now: an evaluation that
 * is feeding one at this moment is waited for, so that its alarm still belongs to this incident.
 */
export async function resolveIncident(
  ctx: Ctx,
  id: string,
  input: z.output<typeof resolveSchema>,
): Promise<IncidentStanding> {
  return changeIncident(ctx, id, {
    action: "incident.resolve",
    event: "resolved",
    note: input.note,
    details: { reason: input.reason },
    afterFeeding: true,
    change: {
      apply: async (tx, where, resolvedSequence) => {
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
