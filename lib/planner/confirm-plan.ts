import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import { changeMonitorPlan } from "@/lib/monitor/change-monitor-plan";
import { lockMonitors } from "@/lib/monitor/lock-monitors";
import { changePlan } from "@/lib/sampling/change-plan";
import { forgetFrames } from "@/lib/sampling/sampling-frame";
import { previewPlanner } from "./preview-planner";
import type { PlanConfirmation, PlannerReceipt } from "./schema";

/**
 * Writes what the planner proposes: the sampling plan and, where the goal asks for it, what is watched; both or neither. When one of
 * them was changed since it was looked at: CONFLICT, and nothing is written.
 */
export async function confirmPlan(ctx: Ctx, input: PlanConfirmation): Promise<PlannerReceipt> {
  const { sampling_version: samplingVersion, monitor_version: monitorVersion, ...goal } = input;
  const proposed = await previewPlanner(ctx, goal);
  if ("no_boundary" in proposed) {
    throw new AppError(
      "CONFLICT",
      "There is no boundary yet: judge outputs of the pilot or promise an accuracy.",
      {
        reason: "no_boundary",
      },
    );
  }
  const { sampling, monitor } = proposed;
  if (proposed.sampling_version !== samplingVersion || proposed.monitor_version !== monitorVersion) {
    const sentence =
      "Somebody has changed the plan or the monitors in the meantime. Reload the page and look first.";
    throw new AppError("CONFLICT", sentence, { reason: "plan_changed" });
  }
  if (!sampling && !monitor)
    throw new AppError("CONFLICT", "The plan in force is this one already.", { reason: "nothing_to_change" });
  const receipt = await inTransaction(
    ctx.db,
    async (tx) => {
      const inside = { ...ctx, db: tx };
      // The evaluator takes them in this order too: first the monitors, then the sampling plan.
      await lockMonitors(tx, ctx.project.id);
      const plan = sampling ? await changePlan(inside, { ...sampling, base_version: samplingVersion }) : null;
      const note = "By the planner";
      const watched = monitor
        ? await changeMonitorPlan(inside, { ...monitor, note, base_version: monitorVersion })
        : null;
      const { left_out: left, ...asked } = goal;
      const written = { sampling_version: plan?.version ?? null, monitor_version: watched?.version ?? null };
      await writeAudit(tx, ctx, {
        action: "planner.confirm",
        objectKind: "project",
        objectId: ctx.project.id,
        details: { ...asked, ...(left.length > 0 ? { left_out: left } : {}), ...written },
      });
      return { ...written, reviews_per_week: proposed.reviews_per_week };
    },
    60_000,
  );
  // Forgotten once more: what another request read before the commit is the plan before.
  forgetFrames(ctx.project.id);
  return receipt;
}
