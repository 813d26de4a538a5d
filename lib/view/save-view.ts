import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import { sqlState } from "@/lib/db/sql-state";
import { inTransaction } from "@/lib/db/transaction";

import { MOST_VIEWS, type SavedViewRow, type SaveViewInput } from "./schema";
import { nameTaken, requireSharing, viewerOf, viewRow } from "./view-owner";

/**
 * Keeps an address under a name, for the person or for everybody. Two at once wait for each other, so that the limit holds; of two
 * with one name the second gets CONFLICT. @throws AppError FORBIDDEN, LIMIT, CONFLICT
 */
export async function saveView(ctx: Ctx, input: SaveViewInput, mayShare: boolean): Promise<SavedViewRow> {
  const viewer = viewerOf(ctx);
  if (input.shared) requireSharing(mayShare);
  const { kind, name, query } = input;
  const owned = {
    projectId: ctx.project.id,
    kind: kind === "outputs" ? ("OUTPUTS" as const) : ("ACCURACY" as const),
    ownerId: input.shared ? null : viewer,
  };
  try {
    return await inTransaction(ctx.db, async (tx) => {
      await tx.$executeRaw`
        SELECT pg_advisory_xact_lock(hashtextextended(${`view ${owned.projectId} ${owned.kind} ${owned.ownerId}`}, 0))`;
      if ((await tx.savedView.count({ where: owned })) >= MOST_VIEWS) throw tooMany(input.shared);
      const view = await tx.savedView.create({ data: { ...owned, id: newId(), name, query } });
      await writeAudit(tx, ctx, {
        action: "view.save",
        objectKind: "saved_view",
        objectId: view.id,
        details: { name, kind, shared: input.shared },
      });
      return viewRow(view);
    });
  } catch (error) {
    throw sqlState(error) === "23505" ? nameTaken(name) : error;
  }
}

function tooMany(shared: boolean): AppError {
  const sentence = shared
    ? `The project has ${MOST_VIEWS} views on this page already. Delete one that nobody needs.`
    : `You have ${MOST_VIEWS} views on this page already. Delete one that you do not need.`;
  return new AppError("LIMIT", sentence, { fields: { name: sentence } });
}
