import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import { enqueueJob } from "@/lib/db/enqueue-job";
import { inTransaction } from "@/lib/db/transaction";
import { monitorInForce } from "@/lib/monitor/monitor-queries";
import { lockSampling } from "@/lib/sampling/open-epoch";
import { planVersion } from "@/lib/sampling/plan-queries";
import { planSettingsSchema } from "@/lib/sampling/schema";
import { readLabelledHistory } from "./labelled-outputs";
import { readBacktest } from "./queries";
import type { BacktestSettings, BacktestSummary, StartBacktest } from "./schema";
import { COMPARED_BUDGETS } from "./compared-budgets";
import { whatIsMissing } from "./what-is-missing";

/** Every project keeps so many; the oldest give way. */
const MOST_KEPT = 50;

/**
 * Starts a backtest of what is watched now, under the sampling plan in force, on what has been judged so far. One at a time in each
 * project: CONFLICT while another waits or runs, and when there are too few labels.
 */
export async function startBacktest(ctx: Ctx, input: StartBacktest): Promise<BacktestSummary> {
  const projectId = ctx.project.id;
  const id = newId();
  await inTransaction(ctx.db, async (tx) => {
    await lockSampling(tx, projectId);
    await refuseSecond(tx, projectId);
    const settings = await settingsFor({ ...ctx, db: tx }, input);
    await tx.backtest.create({
      data: {
        projectId,
        id,
        settings,
        drawsTotal: settings.draws,
        createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
      },
    });
    await forgetOldest(tx, projectId);
    await enqueueJob(
      tx,
      "run-backtest",
      { projectId, backtestId: id },
      { key: `backtest:${id}`, queue: "backtest" },
    );
    await writeAudit(tx, ctx, {
      action: "backtest.start",
      objectKind: "backtest",
      objectId: id,
      details: { ...input, seed: settings.seed },
    });
  });
  return readBacktest(ctx, id);
}

async function refuseSecond(tx: Tx, projectId: string): Promise<void> {
  const active = await tx.backtest.count({ where: { projectId, state: { in: ["WAITING", "RUNNING"] } } });
  if (active > 0) {
    const sentence = "A backtest of this project is under way. Wait until it has ended, or cancel it.";
    throw new AppError("CONFLICT", sentence, { reason: "backtest_active" });
  }
}

async function settingsFor(ctx: Ctx, input: StartBacktest): Promise<BacktestSettings> {
  const history = await readLabelledHistory(ctx);
  const { settings: monitor } = await monitorInForce(ctx);
  const missing = whatIsMissing(history, monitor.floor);
  if (missing) throw new AppError("CONFLICT", missing, { reason: "too_few_labels" });
  const plan = await ctx.db.samplingPlan.findFirstOrThrow({
    where: { projectId: ctx.project.id },
    orderBy: { version: "desc" },
  });
  const { version: _v, created_at: _at, created_by: _by, ...inForce } = planVersion(plan, null);
  const { reviews_per_week: _reviews, ...sampling } = planSettingsSchema.parse(inForce);
  const { reviews_per_week: asked, draws, accepted_per_year, compare } = input;
  return {
    seed: newId(),
    draws,
    budgets: compare ? [...new Set([asked, ...COMPARED_BUDGETS])] : [asked],
    accepted_per_year,
    attributes: monitor.attributes,
    floor: monitor.floor,
    tolerance: monitor.tolerance,
    unsure_counts_wrong: monitor.unsure_counts_wrong,
    declare_clusters: true,
    // The history is what was judged, far less than the traffic that the plan expects.
    sampling: { ...sampling, expected_per_day: Math.max(1, Math.round(history.per_week / 7)) },
  };
}

async function forgetOldest(tx: Tx, projectId: string): Promise<void> {
  const old = await tx.backtest.findMany({
    where: { projectId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    skip: MOST_KEPT,
    select: { id: true },
  });
  await tx.backtest.deleteMany({ where: { projectId, id: { in: old.map(({ id }) => id) } } });
}
