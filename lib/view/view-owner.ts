import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import type { SavedView } from "@/lib/db/generated/client";

import { type SavedViewRow, VIEW_KINDS } from "./schema";

/** @throws AppError FORBIDDEN for what is no person: keys keep no views */
export function viewerOf(ctx: Ctx): string {
  if (ctx.actor.kind !== "user") throw new AppError("FORBIDDEN", "Only people keep views.");
  return ctx.actor.userId;
}

/** @throws AppError FORBIDDEN */
export function requireSharing(mayShare: boolean): void {
  if (!mayShare) throw new AppError("FORBIDDEN", "Only managers keep views for the whole project.");
}

/** "name" is taken: two views of one list have two names. */
export function nameTaken(name: string): AppError {
  const sentence = `There is a view with the name “${name}” already.`;
  return new AppError("CONFLICT", sentence, { fields: { name: sentence } });
}

export function viewRow(view: SavedView): SavedViewRow {
  const kind = VIEW_KINDS.find((each) => each.toUpperCase() === view.kind);
  if (!kind) throw new Error("A view is of a kind without a name.");
  return { id: view.id, kind, name: view.name, query: view.query, shared: view.ownerId === null };
}
