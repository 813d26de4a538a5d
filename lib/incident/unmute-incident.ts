import type { Ctx } from "@/lib/core/ctx";
import { ALREADY_RESOLVED, changeIncident } from "./change-incident";
import type { IncidentStanding } from "./schema";

/** Ends a mute before its time. @throws AppError CONFLICT when the incident is not muted */
export async function unmuteIncident(
  ctx: Ctx,
  id: string,
  input: { note?: string | undefined },
): Promise<IncidentStanding> {
  return changeIncident(ctx, id, {
    action: "incident.unmute",
    event: "unmuted",
    note: input.note,
    change: {
      apply: async (tx, where) => {
        const { count } = await tx.incident.updateMany({
          where: { ...where, state: { not: "RESOLVED" }, mutedUntil: { gt: ctx.now } },
          data: { mutedUntil: null },
        });
        return count;
      },
      refusal: ({ state }) =>
        state === "RESOLVED"
          ? ALREADY_RESOLVED
          : { sentence: "This incident is not muted any more.", reason: "not_muted" },
    },
  });
}
