import type { Ctx } from "@/lib/core/ctx";
import { log } from "@/lib/core/log";
import type { Prisma } from "@/lib/db/generated/client";
import { backtestHistory } from "./backtest-history";
import { makeHistory } from "./history";
import { NOT_WANTED, openNotes } from "./progress-notes";
import { readHistory } from "./read-history";
import { type BacktestSettings, backtestSettingsSchema } from "./schema";
import { whatIsMissing } from "./what-is-missing";

type RunCtx = Pick<Ctx, "db" | "project">;

/**
 * Runs a backtest that waits, or takes one over whose worker died: its draws begin anew. Two workers at once reach the same result,
 * of which the first is kept. Ends early when it was cancelled or deleted. Returns whether this call wrote the result.
 */
export async function runBacktest(ctx: RunCtx, id: string): Promise<boolean> {
  const settings = await begin(ctx, id);
  if (!settings) return false;
  const history = makeHistory(await readHistory(ctx));
  const pilot = history.pilot.reduce((sum, each) => sum + each, 0);
  const problem = whatIsMissing({ outputs: history.count, pilot_outputs: pilot }, settings.floor);
  if (problem) return end(ctx, id, { state: "FAILED", problem });
  const notes = openNotes(ctx, id);
  try {
    const { signal, progress } = notes;
    const result = await backtestHistory(history, settings, { signal, progress, background: true });
    return await end(ctx, id, { state: "DONE", drawsDone: settings.draws, result });
  } catch (error) {
    if (notes.signal.aborted) return stopped(notes.signal);
    log().error({ err: error, backtestId: id }, "a backtest failed");
    const sentence = "It could not be calculated. The server's log says more.";
    return await end(ctx, id, { state: "FAILED", problem: sentence });
  } finally {
    notes.close();
  }
}

/** What nobody wants any more has ended well; what the database refuses is tried again by the queue. */
function stopped({ reason }: AbortSignal): false {
  if (reason !== NOT_WANTED) throw reason;
  return false;
}

async function begin({ db, project }: RunCtx, id: string): Promise<BacktestSettings | null> {
  const { count } = await db.backtest.updateMany({
    where: { projectId: project.id, id, state: { in: ["WAITING", "RUNNING"] } },
    data: { state: "RUNNING", startedAt: new Date(), drawsDone: 0 },
  });
  if (count === 0) return null;
  const stored = await db.backtest.findUnique({ where: { projectId_id: { projectId: project.id, id } } });
  return stored ? backtestSettingsSchema.parse(stored.settings) : null;
}

type Ending = Prisma.BacktestUpdateManyMutationInput & { state: "DONE" | "FAILED" };

/** Only what runs can end, so that one result is kept and a cancelled backtest stays cancelled. */
async function end({ db, project }: RunCtx, id: string, ending: Ending): Promise<boolean> {
  const { count } = await db.backtest.updateMany({
    where: { projectId: project.id, id, state: "RUNNING" },
    data: { ...ending, finishedAt: new Date() },
  });
  return count > 0;
}
