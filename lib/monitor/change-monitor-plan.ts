import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import type { MonitorPlan } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { insertMonitorPlan } from "./insert-monitor-plan";
import { lockMonitors } from "./lock-monitors";
import { readBoundaries } from "./pilot-boundaries";
import { FEWEST_PILOT_REVIEWS } from "./pilot-rule";
import type { MonitorChange } from "./schema";

/**
 * Saves a new version of what is watched. Its detectors start from zero with the next cohort; the version before stays as it was. Of
 * two who change the same version the second gets CONFLICT, and so does a change without any boundary: nothing promised, no pilot.
 */
export async function changeMonitorPlan(ctx: Ctx, input: MonitorChange): Promise<MonitorPlan> {
  const projectId = ctx.project.id;
  return inTransaction(
    ctx.db,
    async (tx) => {
      await lockMonitors(tx, projectId);
      const newest = await tx.monitorPlan.aggregate({ where: { projectId }, _max: { version: true } });
      if ((newest._max.version ?? 0) !== input.base_version) {
        const sentence =
          "Somebody has changed the monitors in the meantime. Reload the page and look at them first.";
        throw new AppError("CONFLICT", sentence, { reason: "monitor_changed" });
      }
      const { base_version: _, note, ...settings } = input;
      const boundaries = await readBoundaries(tx, projectId, settings);
      if (!boundaries) {
        const sentence = `Judge at least ${FEWEST_PILOT_REVIEWS} outputs of the pilot, or promise an accuracy: without one of them there is nothing to compare with.`;
        throw new AppError("CONFLICT", sentence, { reason: "no_boundary" });
      }
      const createdBy = ctx.actor.kind === "user" ? ctx.actor.userId : null;
      const plan = await insertMonitorPlan(tx, projectId, {
        settings,
        boundaries,
        reason: "changed",
        note: note ? note : null,
        createdBy,
      });
      await writeAudit(tx, ctx, {
        action: "monitor.change",
        objectKind: "monitor_plan",
        objectId: plan.id,
        details: { version: plan.version, ...settings },
      });
      return plan;
    },
    60_000,
  );
}
