import type { InstanceCtx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";

const ERASE_MINUTES = 10;

/**
 * Erases a project with everything in it. It disappears for everybody first, in a commit of its own; then its rows go in one
 * transaction. When that is interrupted the same request finishes it. The audit trail stays.
 * @throws AppError NOT_FOUND, or INVALID when the name was not typed as it is
 */
export async function eraseProject(ctx: InstanceCtx, slug: string, typedName: string): Promise<void> {
  const project = await ctx.db.project.findUnique({
    where: { slug },
    select: { id: true, name: true, slug: true },
  });
  if (!project) throw new AppError("NOT_FOUND", "This project does not exist.");
  if (typedName !== project.name) {
    const sentence = "Type the project's name exactly as it is.";
    throw new AppError("INVALID", sentence, { reason: "name_mismatch", fields: { name: sentence } });
  }
  await ctx.db.project.update({ where: { id: project.id }, data: { archivedAt: ctx.now } });
  await inTransaction(
    ctx.db,
    async (tx) => {
      await tx.$executeRaw`SELECT set_config('statement_timeout', ${String(ERASE_MINUTES * 60_000)}, true)`;
      await tx.$executeRaw`SELECT set_config('assay.erasing_project', ${project.id}, true)`;
      await eraseRows(tx, project.id);
      await writeAudit(tx, ctx, {
        action: "project.erase",
        objectKind: "project",
        objectId: project.id,
        details: { slug: project.slug, name: project.name },
      });
    },
    ERASE_MINUTES * 60_000,
  );
}

/** What points at other rows goes before them; the project's own row takes the rest along. */
async function eraseRows(tx: Tx, projectId: string): Promise<void> {
  const where = { projectId };
  await tx.dirtyEpoch.deleteMany({ where });
  await tx.incidentEvent.deleteMany({ where });
  await tx.incident.deleteMany({ where });
  await tx.ledgerDelta.deleteMany({ where });
  await tx.populationDelta.deleteMany({ where });
  await tx.uncountedOutput.deleteMany({ where });
  await tx.unreadOutput.deleteMany({ where });
  await tx.idempotencyKey.deleteMany({ where });
  await tx.reviewReveal.deleteMany({ where });
  await tx.reviewShown.deleteMany({ where });
  await tx.review.deleteMany({ where });
  await tx.reviewSlot.deleteMany({ where });
  await tx.reviewOccasion.deleteMany({ where });
  await tx.sample.deleteMany({ where });
  await tx.groundTruth.deleteMany({ where });
  await tx.outputConflict.deleteMany({ where });
  await tx.quarantine.deleteMany({ where });
  await tx.output.deleteMany({ where });
  await tx.stratumEpoch.deleteMany({ where });
  await tx.epoch.deleteMany({ where });
  await tx.project.delete({ where: { id: projectId } });
}
