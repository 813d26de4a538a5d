import type { Ctx } from "@/lib/core/ctx";

import type { SavedViewRow, ViewKind } from "./schema";
import { viewerOf, viewRow } from "./view-owner";

/** The views of one page that a person sees: those of everybody, then the own ones. */
export async function listViews(ctx: Ctx, kind: ViewKind): Promise<SavedViewRow[]> {
  const ownerId = viewerOf(ctx);
  const views = await ctx.db.savedView.findMany({
    where: {
      projectId: ctx.project.id,
      kind: kind === "outputs" ? "OUTPUTS" : "ACCURACY",
      OR: [{ ownerId: null }, { ownerId }],
    },
  });
  return views
    .map(viewRow)
    .sort((a, b) => Number(b.shared) - Number(a.shared) || a.name.localeCompare(b.name, "en"));
}
