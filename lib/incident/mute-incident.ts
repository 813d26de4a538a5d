import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { ALREADY_RESOLVED, changeIncident } from "./change-incident";
import { type IncidentStanding, LONGEST_MUTE_DAYS } from "./schema";

const DAY_MS = 86_400_000;

/** Keeps an incident quiet until then; it stays open and further alarms are still added to it. Muting again moves the end. */
export async function muteIncident(
  ctx: Ctx,
  id: string,
  input: { until: string; note?: string | undefined },
): Promise<IncidentStanding> {
  const until = new Date(input.until);
  return changeIncident(ctx, id, {
    action: "incident.mute",
    event: "muted",
    note: input.note,
    details: { until: until.toISOString() },
    change: {
      apply: async (tx, where) => {
        const { count } = await tx.incident.updateMany({
          where: { ...where, state: { not: "RESOLVED" } },
          data: { mutedUntil: until },
        });
        // Not before: whoever may not know of the incident is told that there is none, whatever they send.
        if (count > 0) requireSensibleEnd(until, ctx.now);
        return count;
      },
      refusal: () => ALREADY_RESOLVED,
    },
  });
}

function requireSensibleEnd(until: Date, now: Date): void {
  const days = (until.getTime() - now.getTime()) / DAY_MS;
  if (days > 0 && days <= LONGEST_MUTE_DAYS) return;
  const sentence =
    days > 0
      ? `An incident can be muted for at most ${LONGEST_MUTE_DAYS} days.`
      : "The end of the mute is over already.";
  throw new AppError("INVALID", sentence, { fields: { until: sentence } });
}
