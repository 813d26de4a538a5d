import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import { enqueueJob } from "@/lib/db/enqueue-job";
import { inTransaction } from "@/lib/db/transaction";
import { type ReviewerChange, type ReviewerSetting, skillsSchema } from "./reviewer-schema";

/**
 * Changes what somebody is served; what is not named stays, and what is on their screen can still be finished. It restricts who may
 * take a look, never what is drawn or in which order. Two changes at once follow each other.
 */
export async function changeReviewer(
  ctx: Ctx,
  userId: string,
  change: ReviewerChange,
): Promise<ReviewerSetting> {
  const projectId = ctx.project.id;
  return await inTransaction(ctx.db, async (tx) => {
    await requireReviewer(tx, projectId, userId);
    const where = { projectId_userId: { projectId, userId } };
    const before = await tx.reviewerSetting.findUnique({ where });
    const next = {
      paused: change.paused ?? before?.paused ?? false,
      targetPerWeek:
        change.target_per_week === undefined ? (before?.targetPerWeek ?? null) : change.target_per_week,
      skills: change.skills ?? skillsSchema.parse(before?.skills ?? {}),
      updatedBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
      updatedAt: ctx.now,
    };
    await tx.reviewerSetting.upsert({ where, create: { projectId, userId, ...next }, update: next });
    await writeAudit(tx, ctx, {
      action: "reviewer.change",
      objectKind: "person",
      objectId: userId,
      details: named(change),
    });
    if (change.skills)
      await enqueueJob(tx, "plan-probes", { projectId }, { key: `probes:${projectId}`, delaySeconds: 2 });
    return { paused: next.paused, target_per_week: next.targetPerWeek, skills: next.skills };
  });
}

/** Stops or resumes the queue for everybody. What is on somebody's screen can still be finished. */
export async function pauseQueue(ctx: Ctx, paused: boolean): Promise<void> {
  const projectId = ctx.project.id;
  await inTransaction(ctx.db, async (tx) => {
    const changed = await tx.project.updateMany({
      where: { id: projectId, reviewsPausedAt: paused ? null : { not: null } },
      data: { reviewsPausedAt: paused ? ctx.now : null },
    });
    if (changed.count === 0) return;
    await writeAudit(tx, ctx, {
      action: "queue.change",
      objectKind: "project",
      objectId: projectId,
      details: { paused },
    });
  });
}

/** The membership's row is locked, so that two changes follow each other. */
async function requireReviewer(tx: Tx, projectId: string, userId: string): Promise<void> {
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM membership WHERE project_id = ${projectId}::uuid AND user_id = ${userId}::uuid AND role <> 'VIEWER'
    FOR NO KEY UPDATE`;
  if (found.length === 0) throw new AppError("NOT_FOUND", "This person does not review in this project.");
}

/** Names and numbers only, as the audit log shows them. */
function named(change: ReviewerChange) {
  return {
    ...(change.paused === undefined ? {} : { paused: change.paused }),
    ...(change.target_per_week === undefined ? {} : { target_per_week: change.target_per_week ?? "none" }),
    ...(change.skills === undefined ? {} : { skills: skillsText(change.skills) }),
  };
}

function skillsText(skills: ReviewerSetting["skills"]): string {
  const parts = Object.entries(skills).map(([attribute, values]) => `${attribute}: ${values.join(", ")}`);
  return parts.length > 0 ? parts.join("; ") : "everything";
}
