import type { Ctx } from "@/lib/core/ctx";
import { type Folds, makeFolds } from "./cross-validate";
import { readPilot } from "./read-pilot";

const KEPT_MS = 10 * 60_000;
const MOST_ENTRIES = 4;
const entries = new Map<string, { madeAt: number; folds: Promise<Folds> }>();

/** The pilot's folds, kept for some minutes: whoever edits rules asks for rates again and again. */
export function pilotFolds(ctx: Pick<Ctx, "db" | "project">): Promise<Folds> {
  const known = entries.get(ctx.project.id);
  if (known && performance.now() - known.madeAt < KEPT_MS) return known.folds;
  if (entries.size >= MOST_ENTRIES) entries.clear();
  const folds = readPilot(ctx).then(({ records }) => makeFolds(records));
  const entry = { madeAt: performance.now(), folds };
  entries.set(ctx.project.id, entry);
  folds.catch(() => {
    if (entries.get(ctx.project.id) === entry) entries.delete(ctx.project.id);
  });
  return folds;
}

/** The pilot has changed, or is looked at anew. */
export function forgetFolds(projectId: string): void {
  entries.delete(projectId);
}
