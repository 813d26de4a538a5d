import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { DAY_MS, insertEpoch, lockSampling, utcDay } from "./open-epoch";
import { planVersion } from "./plan-queries";
import { forgetFrames } from "./sampling-frame";
import type { PlanSettings, PlanVersion } from "./schema";

/**
 * Saves a new version of the sampling plan. Live traffic follows it at once: today's epoch ends now and another begins for the rest
 * of the day, so that within one epoch the rates stay as they were; recorded history follows it from its next day on. Of two who
 * change the same version the second gets CONFLICT.
 */
export async function changePlan(
  ctx: Ctx,
  input: PlanSettings & { base_version: number },
): Promise<PlanVersion> {
  const projectId = ctx.project.id;
  const saved = await inTransaction(ctx.db, async (tx) => {
    await lockSampling(tx, projectId);
    const newest = await tx.samplingPlan.findFirstOrThrow({
      where: { projectId },
      orderBy: { version: "desc" },
    });
    if (newest.version !== input.base_version) {
      const sentence = "Somebody has changed the plan in the meantime. Reload the page and look at it first.";
      throw new AppError("CONFLICT", sentence, { reason: "plan_changed" });
    }
    const { base_version: _, ...settings } = input;
    const plan = await tx.samplingPlan.create({
      data: {
        projectId,
        id: newId(),
        version: newest.version + 1,
        reviewsPerWeek: settings.reviews_per_week,
        attribute: settings.attribute,
        floorPerEpoch: settings.floor_per_epoch,
        flaggedFactor: settings.flagged_factor,
        rateRatioCap: settings.rate_ratio_cap,
        doubleReviewShare: settings.double_review_share,
        expectedPerDay: settings.expected_per_day,
        maturityDays: settings.maturity_days,
        needs: settings.attribute === null ? [] : settings.needs,
        createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
      },
    });
    await divideLiveEpoch(tx, projectId, ctx.now);
    await writeAudit(tx, ctx, {
      action: "plan.change",
      objectKind: "sampling_plan",
      objectId: plan.id,
      details: {
        version: plan.version,
        ...settings,
        needs: settings.needs.map(({ value, reviews_per_week }) => `${value}: ${reviews_per_week} a week`),
      },
    });
    return plan;
  });
  forgetFrames(projectId);
  return planVersion(saved, ctx.actor.kind === "user" ? ctx.actor.name : null);
}

async function divideLiveEpoch(tx: Tx, projectId: string, now: Date): Promise<void> {
  const ended = await tx.epoch.updateMany({
    where: { projectId, clock: "LIVE", closedAt: null, startsAt: { lt: now }, endsAt: { gt: now } },
    data: { endsAt: now },
  });
  if (ended.count === 0) return;
  const endsAt = new Date(utcDay(now).getTime() + DAY_MS);
  await insertEpoch(tx, { projectId, clock: "LIVE", startsAt: now, endsAt });
}
