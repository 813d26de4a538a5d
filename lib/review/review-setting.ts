import type { Ctx } from "@/lib/core/ctx";
import { writeAudit } from "@/lib/db/audit";
import { enqueueJob } from "@/lib/db/enqueue-job";
import type { Project } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import type { ReviewSetting, ReviewSettingChange } from "./setting-schema";

/** How reviews are done in a project. */
export async function readReviewSetting({
  db,
  project,
}: Pick<Ctx, "db" | "project">): Promise<ReviewSetting> {
  return settingOf(await db.project.findUniqueOrThrow({ where: { id: project.id } }));
}

function settingOf(project: Project): ReviewSetting {
  return {
    review_mode: project.reviewMode,
    blind_arm_share: project.blindArmShare,
    gold_share: project.goldShare,
    gold_views: project.goldViews,
    repeat_per_week: project.repeatPerWeek,
    repeat_after_days: project.repeatAfterDays,
    image_hosts: project.imageHosts,
  };
}

/** Hosts from which this project's review screen may load images. */
export async function readImageHosts({ db, project }: Pick<Ctx, "db" | "project">): Promise<string[]> {
  const { imageHosts } = await db.project.findUniqueOrThrow({
    where: { id: project.id },
    select: { imageHosts: true },
  });
  return imageHosts;
}

/**
 * Changes how reviews are done; what is not named stays. What somebody has on the screen stays as it came. Two changes at once follow
 * each other.
 */
export async function changeReviewSetting(ctx: Ctx, change: ReviewSettingChange): Promise<ReviewSetting> {
  const projectId = ctx.project.id;
  return await inTransaction(ctx.db, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM project WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`;
    const before = await readReviewSetting({ ...ctx, db: tx });
    const named = Object.entries(change).filter(([, value]) => value !== undefined);
    const next: ReviewSetting = { ...before, ...Object.fromEntries(named) };
    const armsChange =
      next.review_mode !== before.review_mode || next.blind_arm_share !== before.blind_arm_share;
    await tx.project.update({
      where: { id: projectId },
      data: {
        reviewMode: next.review_mode,
        blindArmShare: next.blind_arm_share,
        goldShare: next.gold_share,
        goldViews: next.gold_views,
        repeatPerWeek: next.repeat_per_week,
        repeatAfterDays: next.repeat_after_days,
        imageHosts: [...new Set(next.image_hosts)],
        ...(armsChange ? { reviewModeSince: ctx.now } : {}),
      },
    });
    await writeAudit(tx, ctx, {
      action: "review-setting.change",
      objectKind: "project",
      objectId: projectId,
      details: Object.fromEntries(named),
    });
    await enqueueJob(tx, "plan-probes", { projectId }, { key: `probes:${projectId}`, delaySeconds: 2 });
    return next;
  });
}
