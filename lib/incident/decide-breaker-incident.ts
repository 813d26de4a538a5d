import { decideBreaker } from "@/lib/contract/decide-breaker";
import type { BreakerDecision } from "@/lib/contract/breaker-schema";
import type { Ctx } from "@/lib/core/ctx";
import { inTransaction } from "@/lib/db/transaction";
import { appendEvent } from "./append-event";
import { readBreaker } from "./breaker-queries";
import { findOpen } from "./open-input-incident";
import type { BreakerJson } from "@/lib/contract/breaker-schema";

const SAID: Readonly<Record<BreakerDecision, string>> = {
  hold: "Records are held back for this again.",
  accept: "Records are taken and flagged again.",
  sender: "The sender is at fault; the contract stays.",
};

/** Decides about a breaker and says so on the timeline of its incident, all or nothing. @throws AppError NOT_FOUND, CONFLICT */
export async function decideBreakerIncident(
  ctx: Ctx,
  id: string,
  { decision, note }: { decision: BreakerDecision; note: string },
): Promise<BreakerJson> {
  await inTransaction(ctx.db, async (tx) => {
    const about = {
      kind: "contract_broken" as const,
      subject: await decideBreaker(tx, ctx, { id, decision, note }),
    };
    const incidentId = await findOpen(tx, ctx.project.id, about);
    if (incidentId === undefined) return;
    await appendEvent(tx, ctx.project.id, {
      incidentId,
      kind: "noted",
      userId: ctx.actor.kind === "user" ? ctx.actor.userId : null,
      note: note === "" ? SAID[decision] : `${SAID[decision]} ${note}`,
    });
  });
  return readBreaker(ctx, id);
}
