import { enqueueJob } from "@/lib/db/enqueue-job";
import type { PrismaClient } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";

/** Enqueues the reminders of the day for each project in which something waits. Returns how many. */
export async function digestsDue(db: PrismaClient): Promise<number> {
  return inTransaction(db, async (tx) => {
    const projects = await tx.$queryRaw<{ id: string }[]>`
      SELECT project.id FROM project
      WHERE project.archived_at IS NULL AND project.reviews_paused_at IS NULL
        AND EXISTS (SELECT 1 FROM review_slot slot WHERE slot.project_id = project.id AND slot.state = 'OPEN' AND slot.occasion = 0)
        AND NOT EXISTS (SELECT 1 FROM review_digest digest WHERE digest.project_id = project.id
          AND digest.day = (now() AT TIME ZONE project.time_zone)::date)
      ORDER BY project.id`;
    for (const { id: projectId } of projects)
      await enqueueJob(tx, "make-digests", { projectId }, { key: `digests:${projectId}` });
    return projects.length;
  });
}
