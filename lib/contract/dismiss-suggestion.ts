import type * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import type { dismissSuggestionSchema } from "./suggestion-schema";

/** A dismissed suggestion stays away until its share has doubled. */
export const COMES_BACK_AT = 2;

/** Dismisses a suggested change with a note; dismissed again, the newer note and share count. */
export async function dismissSuggestion(
  ctx: Ctx,
  { key, share, note }: z.output<typeof dismissSuggestionSchema>,
): Promise<void> {
  const { id: projectId } = ctx.project;
  const dismissedBy = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  const said = { share, note, dismissedBy, dismissedAt: ctx.now };
  await inTransaction(ctx.db, async (tx) => {
    await tx.suggestionDismissal.upsert({
      where: { projectId_key: { projectId, key } },
      create: { projectId, key, ...said },
      update: said,
    });
    await writeAudit(tx, ctx, {
      action: "contract.dismiss-suggestion",
      objectKind: "contract",
      details: { suggestion: key, share, note },
    });
  });
}
