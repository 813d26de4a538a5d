import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { lockOccasions } from "./create-occasion";

/** A batch, or some of its outputs. */
export interface PickedRef {
  batchId: string;
  outputIds?: readonly string[] | undefined;
}

/**
 * Takes hand-picked outputs that nobody has judged off the queue; what is on somebody's screen is left to them and can still be
 * judged. Nothing is deleted, so that it can be restored. Returns how many.
 */
export async function removePicked(ctx: Ctx, ref: PickedRef): Promise<number> {
  return await inTransaction(ctx.db, async (tx) => {
    await requireBatch(tx, ctx, ref.batchId);
    const changed = await tx.$executeRaw`
      WITH taken AS (
        UPDATE review_slot slot SET state = 'WITHDRAWN', holder_id = NULL, lease_token = NULL, lease_expires_at = NULL
        FROM review_occasion picked
        WHERE ${pickedSlots(ctx, ref)} AND slot.state = 'OPEN'
          AND (slot.lease_expires_at IS NULL OR slot.lease_expires_at <= clock_timestamp())
        RETURNING slot.output_id, slot.occasion)
      UPDATE review_occasion SET retired_at = clock_timestamp() FROM taken
      WHERE review_occasion.project_id = ${ctx.project.id}::uuid AND review_occasion.output_id = taken.output_id
        AND review_occasion.occasion = taken.occasion`;
    return await note(tx, ctx, "diagnostic.remove", ref, changed);
  });
}

/** Puts back what was taken off, except outputs that were picked again meanwhile. Returns how many. */
export async function restorePicked(ctx: Ctx, ref: PickedRef): Promise<number> {
  return await inTransaction(ctx.db, async (tx) => {
    await requireBatch(tx, ctx, ref.batchId);
    const removed = await tx.$queryRaw<{ outputId: string }[]>`
      SELECT slot.output_id::text AS "outputId" FROM review_slot slot, review_occasion picked
      WHERE ${pickedSlots(ctx, ref)} AND picked.retired_at IS NOT NULL AND slot.state = 'WITHDRAWN' ORDER BY slot.output_id::text`;
    for (const { outputId } of removed) await lockOccasions(tx, ctx.project.id, outputId);
    const changed = await tx.$executeRaw`
      WITH back AS (
        UPDATE review_slot slot SET state = 'OPEN' FROM review_occasion picked
        WHERE ${pickedSlots(ctx, ref)} AND picked.retired_at IS NOT NULL AND slot.state = 'WITHDRAWN'
          AND NOT EXISTS (
            SELECT 1 FROM review_slot again
            JOIN review_occasion other ON other.project_id = again.project_id AND other.output_id = again.output_id
              AND other.occasion = again.occasion AND other.kind = 'DIAGNOSTIC'
            WHERE again.project_id = slot.project_id AND again.output_id = slot.output_id AND again.occasion > 0
              AND again.state = 'OPEN')
        RETURNING slot.output_id, slot.occasion)
      UPDATE review_occasion SET retired_at = NULL FROM back
      WHERE review_occasion.project_id = ${ctx.project.id}::uuid AND review_occasion.output_id = back.output_id
        AND review_occasion.occasion = back.occasion`;
    return await note(tx, ctx, "diagnostic.restore", ref, changed);
  });
}

function pickedSlots(ctx: Ctx, { batchId, outputIds }: PickedRef): Prisma.Sql {
  const some = outputIds ? Prisma.sql`AND picked.output_id = ANY (${[...outputIds]}::uuid[])` : Prisma.empty;
  return Prisma.sql`picked.project_id = ${ctx.project.id}::uuid AND picked.batch_id = ${batchId}::uuid ${some}
    AND slot.project_id = picked.project_id AND slot.output_id = picked.output_id AND slot.occasion = picked.occasion`;
}

async function requireBatch(tx: Tx, ctx: Ctx, batchId: string): Promise<void> {
  const known = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM diagnostic_batch WHERE project_id = ${ctx.project.id}::uuid AND id = ${batchId}::uuid FOR UPDATE`;
  if (known.length === 0) throw new AppError("NOT_FOUND", "These outputs were not picked in this project.");
}

async function note(tx: Tx, ctx: Ctx, action: string, ref: PickedRef, changed: number): Promise<number> {
  if (changed > 0)
    await writeAudit(tx, ctx, {
      action,
      objectKind: "diagnostic-batch",
      objectId: ref.batchId,
      details: { outputs: changed },
    });
  return changed;
}
