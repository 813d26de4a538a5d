import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import * as z from "zod";
import type { PickOrigin } from "./diagnostic-schema";
import { MOST_PICKED } from "./most-picked";

export interface Pick {
  batchId: string;
  note: string;
  origin: PickOrigin;
  /** The filter as an address has it, or the incident's id. */
  originRef?: string;
  outputIds: readonly string[];
}

export interface PickedCounts {
  picked: number;
  alreadyWaiting: number;
  notFound: number;
}

/**
 * Puts outputs into the queue of those picked by hand, each once; what waits there already is left as it is. They are occasions of
 * their own and enter no estimate. The same batch sent again picks nothing more; of two batches with the same output the second
 * finds it waiting.
 */
export async function pickOutputs(ctx: Ctx, pick: Pick): Promise<PickedCounts> {
  const outputIds = [...new Set(pick.outputIds)];
  if (outputIds.length > MOST_PICKED)
    throw new AppError("INVALID", `At most ${MOST_PICKED} outputs can be picked at once.`, {
      reason: "too_many",
    });
  return await inTransaction(ctx.db, async (tx) => {
    if (!(await addBatch(tx, ctx, pick))) return await countBatch(tx, ctx.project.id, pick.batchId);
    await lockOutputs(tx, ctx.project.id, outputIds);
    const counts = await addPicked(tx, ctx, pick, outputIds);
    if (counts.picked === 0) {
      await tx.diagnosticBatch.delete({
        where: { projectId_id: { projectId: ctx.project.id, id: pick.batchId } },
      });
      return counts;
    }
    await writeAudit(tx, ctx, {
      action: "diagnostic.pick",
      objectKind: "diagnostic-batch",
      objectId: pick.batchId,
      details: { origin: pick.origin, picked: counts.picked },
    });
    return counts;
  });
}

/** False when it was stored before. */
async function addBatch(tx: Tx, ctx: Ctx, pick: Pick): Promise<boolean> {
  const createdBy = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  const added = await tx.$executeRaw`
    INSERT INTO diagnostic_batch (project_id, id, note, origin, origin_ref, created_by)
    VALUES (${ctx.project.id}::uuid, ${pick.batchId}::uuid, ${pick.note}, ${pick.origin}, ${pick.originRef ?? null},
      ${createdBy}::uuid)
    ON CONFLICT (project_id, id) DO NOTHING`;
  return added > 0;
}

async function countBatch(tx: Tx, projectId: string, batchId: string): Promise<PickedCounts> {
  return {
    picked: await tx.reviewOccasion.count({ where: { projectId, batchId } }),
    alreadyWaiting: 0,
    notFound: 0,
  };
}

/** The locks of `lockOccasions`, in one statement and in the order of the ids, so that two batches never wait for each other. */
async function lockOutputs(tx: Tx, projectId: string, outputIds: readonly string[]): Promise<void> {
  const prefix = `occasion:${projectId}:`;
  await tx.$queryRaw`
    SELECT count(pg_advisory_xact_lock(hashtextextended(${prefix} || id, 0)))::int AS locks
    FROM (SELECT id FROM unnest(${[...outputIds]}::text[]) AS asked(id) ORDER BY id) in_order`;
}

const countsRow = z.tuple([
  z.object({ picked: z.number(), alreadyWaiting: z.number(), notFound: z.number() }),
]);

async function addPicked(
  tx: Tx,
  ctx: Ctx,
  { batchId, note }: Pick,
  outputIds: readonly string[],
): Promise<PickedCounts> {
  const projectId = ctx.project.id;
  const createdBy = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  const slotIds = outputIds.map(() => newId());
  const rows = await tx.$queryRaw`
    WITH asked AS (
      SELECT * FROM unnest(${[...outputIds]}::uuid[], ${slotIds}::uuid[]) WITH ORDINALITY AS each(output_id, slot_id, place)),
    found AS MATERIALIZED (
      SELECT asked.*, EXISTS (
          SELECT 1 FROM review_slot slot
          JOIN review_occasion picked ON picked.project_id = slot.project_id AND picked.output_id = slot.output_id
            AND picked.occasion = slot.occasion AND picked.kind = 'DIAGNOSTIC'
          WHERE slot.project_id = ${projectId}::uuid AND slot.output_id = asked.output_id AND slot.occasion > 0
            AND slot.state = 'OPEN') AS waits
      FROM asked JOIN output ON output.project_id = ${projectId}::uuid AND output.id = asked.output_id),
    picked AS (
      INSERT INTO review_occasion (project_id, output_id, occasion, kind, note, batch_id, created_by)
      SELECT ${projectId}::uuid, found.output_id,
        1 + coalesce((SELECT max(known.occasion) FROM review_occasion known
                      WHERE known.project_id = ${projectId}::uuid AND known.output_id = found.output_id), 0),
        'DIAGNOSTIC', ${note}, ${batchId}::uuid, ${createdBy}::uuid
      FROM found WHERE NOT found.waits
      RETURNING output_id, occasion),
    queued AS (
      INSERT INTO review_slot (project_id, id, output_id, occasion, look, order_key)
      SELECT ${projectId}::uuid, found.slot_id, picked.output_id, picked.occasion, 1,
        extract(epoch FROM clock_timestamp())::float8 + found.place / 1000.0
      FROM picked JOIN found USING (output_id)
      RETURNING 1)
    SELECT (SELECT count(*)::int FROM queued) AS picked, (SELECT count(*)::int FROM found WHERE waits) AS "alreadyWaiting",
      ${outputIds.length}::int - (SELECT count(*)::int FROM found) AS "notFound"`;
  return countsRow.parse(rows)[0];
}
