import type { Ctx } from "@/lib/core/ctx";
import { ALREADY_RESOLVED, changeIncident } from "./change-incident";
import type { IncidentStanding } from "./schema";

/** Says that somebody has taken an open incident on. Of two people one is first, the other gets CONFLICT. */
export async function acknowledgeIncident(
  ctx: Ctx,
  id: string,
  input: { note?: string | undefined },
): Promise<IncidentStanding> {
  return changeIncident(ctx, id, {
    action: "incident.acknowledge",
    event: "acknowledged",
    note: input.note,
    change: {
      apply: async (tx, where) => {
        const { count } = await tx.incident.updateMany({
          where: { ...where, state: "OPEN" },
          data: { state: "ACKNOWLEDGED" },
        });
        return count;
      },
      refusal: ({ state }) =>
        state === "RESOLVED"
          ? ALREADY_RESOLVED
          : { sentence: "Somebody has acknowledged this incident already.", reason: "acknowledged" },
    },
  });
}
