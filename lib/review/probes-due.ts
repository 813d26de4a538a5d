import { enqueueJob } from "@/lib/db/enqueue-job";
import type { PrismaClient } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";

/** Enqueues the planning of re-servings for each project in which somebody reviewed of late, or something waits. Returns how many. */
export async function probesDue(db: PrismaClient): Promise<number> {
  return inTransaction(db, async (tx) => {
    const projects = await tx.$queryRaw<{ id: string }[]>`
      SELECT project.id FROM project
      WHERE EXISTS (
          SELECT 1 FROM membership JOIN review ON review.project_id = membership.project_id
            AND review.reviewer_id = membership.user_id AND review.submitted_at > now() - interval '14 days'
          WHERE membership.project_id = project.id)
        OR EXISTS (
          SELECT 1 FROM review_slot slot WHERE slot.project_id = project.id AND slot.occasion > 0 AND slot.state = 'OPEN'
            AND slot.assignee_id IS NOT NULL)
      ORDER BY project.id`;
    for (const { id: projectId } of projects)
      await enqueueJob(tx, "plan-probes", { projectId }, { key: `probes:${projectId}` });
    return projects.length;
  });
}
