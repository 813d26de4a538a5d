import type { InstanceCtx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import { enqueueJob } from "@/lib/db/enqueue-job";
import { inTransaction } from "@/lib/db/transaction";

/**
 * Asks for the demo project; a job makes it. Of two who ask at once, the second gets CONFLICT, and so does whoever asks while there
 * is one.
 */
export async function requestDemo(ctx: InstanceCtx): Promise<void> {
  const requestedBy = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  await inTransaction(ctx.db, async (tx) => {
    const taken = await tx.$executeRaw`
      INSERT INTO demo_run (id, requested_by, requested_at) VALUES (1, ${requestedBy}::uuid, ${ctx.now})
      ON CONFLICT (id) DO UPDATE SET requested_by = EXCLUDED.requested_by, requested_at = EXCLUDED.requested_at,
        started_at = NULL, weeks_done = 0, weeks_all = 0, finished_at = NULL, problem = NULL
      WHERE demo_run.finished_at IS NOT NULL`;
    if (taken === 0)
      throw new AppError("CONFLICT", "The demo project is being made already.", { reason: "demo" });
    if ((await tx.project.count({ where: { isDemo: true } })) > 0)
      throw new AppError("CONFLICT", "There is a demo project already.", { reason: "demo" });
    await writeAudit(tx, ctx, { action: "demo.request", objectKind: "project" });
    await enqueueJob(tx, "make-demo", {}, { key: "make-demo", queue: "make-demo" });
  });
}
