import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import type { SavedView } from "@/lib/db/generated/client";
import { sqlState } from "@/lib/db/sql-state";
import { inTransaction } from "@/lib/db/transaction";

import type { SavedViewRow } from "./schema";
import { nameTaken, requireSharing, viewerOf, viewRow } from "./view-owner";

/** Gives a view another name. @throws AppError NOT_FOUND, also for a view of another person; FORBIDDEN; CONFLICT */
export async function renameView(
  ctx: Ctx,
  { id, name }: { id: string; name: string },
  mayShare: boolean,
): Promise<SavedViewRow> {
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const before = await findView(tx, ctx, { id, mayShare });
      const where = { projectId_id: { projectId: ctx.project.id, id } };
      const view = await tx.savedView.update({ where, data: { name } });
      await writeAudit(tx, ctx, {
        action: "view.rename",
        objectKind: "saved_view",
        objectId: id,
        details: { name, before: before.name },
      });
      return viewRow(view);
    });
  } catch (error) {
    throw sqlState(error) === "23505" ? nameTaken(name) : error;
  }
}

/** Deletes a view; saving it again takes that back. @throws AppError NOT_FOUND, also the second time; FORBIDDEN */
export async function deleteView(ctx: Ctx, id: string, mayShare: boolean): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const view = await findView(tx, ctx, { id, mayShare });
    const { count } = await tx.savedView.deleteMany({ where: { projectId: ctx.project.id, id } });
    if (count === 0) throw noSuchView();
    await writeAudit(tx, ctx, {
      action: "view.delete",
      objectKind: "saved_view",
      objectId: id,
      details: { name: view.name, shared: view.ownerId === null },
    });
  });
}

async function findView(
  tx: Tx,
  ctx: Ctx,
  { id, mayShare }: { id: string; mayShare: boolean },
): Promise<SavedView> {
  const viewer = viewerOf(ctx);
  const view = await tx.savedView.findUnique({ where: { projectId_id: { projectId: ctx.project.id, id } } });
  if (!view || (view.ownerId !== null && view.ownerId !== viewer)) throw noSuchView();
  if (view.ownerId === null) requireSharing(mayShare);
  return view;
}

function noSuchView(): AppError {
  return new AppError("NOT_FOUND", "There is no such view. It may have been deleted meanwhile.");
}
