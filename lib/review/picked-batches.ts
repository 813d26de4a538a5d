import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import { type BatchRow, batchRowSchema, type PickedItem, pickedItemSchema } from "./diagnostic-schema";

const PAGE_SIZE = 20;
const PREVIEW_LENGTH = 240;

export interface BatchPage {
  batches: BatchRow[];
  page: number;
  pages: number;
}

/** What was picked by hand and what was found, the newest question first. */
export async function listBatches(ctx: Ctx, page: number): Promise<BatchPage> {
  const count = await ctx.db.diagnosticBatch.count({ where: { projectId: ctx.project.id } });
  const batches = await readBatches(ctx, Prisma.empty, { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE });
  return { batches, page, pages: Math.max(1, Math.ceil(count / PAGE_SIZE)) };
}

/** Questions of which something waits, the oldest first: in this order they are served. */
export async function waitingBatches(ctx: Ctx): Promise<BatchRow[]> {
  const open = Prisma.sql`AND EXISTS (
    SELECT 1 FROM review_occasion picked JOIN review_slot slot ON slot.project_id = picked.project_id
      AND slot.output_id = picked.output_id AND slot.occasion = picked.occasion AND slot.state = 'OPEN'
    WHERE picked.project_id = batch.project_id AND picked.batch_id = batch.id)`;
  const newest = await readBatches(ctx, open, { limit: PAGE_SIZE, offset: 0 });
  return newest.reverse();
}

/** One question with every output that was picked for it; null when the project has no such question. */
export async function readBatch(
  ctx: Ctx,
  id: string,
  withPayload: boolean,
): Promise<{ batch: BatchRow; items: PickedItem[] } | null> {
  const [batch] = await readBatches(ctx, Prisma.sql`AND batch.id = ${id}::uuid`, { limit: 1, offset: 0 });
  return batch ? { batch, items: await readItems(ctx, id, withPayload) } : null;
}

async function readBatches(
  ctx: Ctx,
  condition: Prisma.Sql,
  { limit, offset }: { limit: number; offset: number },
): Promise<BatchRow[]> {
  const rows = await ctx.db.$queryRaw`
    SELECT batch.id, batch.note, batch.origin, batch.origin_ref AS "originRef", person.name AS "askedBy",
      batch.created_at AS "askedAt", found.*
    FROM diagnostic_batch batch LEFT JOIN user_account person ON person.id = batch.created_by
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS picked, count(*) FILTER (WHERE slot.state = 'OPEN')::int AS waiting,
        count(*) FILTER (WHERE slot.state = 'WITHDRAWN')::int AS removed,
        count(*) FILTER (WHERE slot.state = 'DONE' AND newest.verdict = 'CORRECT')::int AS right,
        count(*) FILTER (WHERE slot.state = 'DONE' AND newest.verdict = 'INCORRECT')::int AS wrong,
        count(*) FILTER (WHERE slot.state = 'DONE' AND newest.outcome = 'CANNOT_JUDGE')::int AS unsure
      FROM ${PICKED} WHERE picked.project_id = batch.project_id AND picked.batch_id = batch.id) found
    WHERE batch.project_id = ${ctx.project.id}::uuid ${condition}
    ORDER BY batch.created_at DESC, batch.id DESC LIMIT ${limit} OFFSET ${offset}`;
  return z.array(batchRowSchema).parse(rows);
}

/** What was picked, its slot, and the newest revision of whoever filled that. */
const PICKED = Prisma.sql`
  review_occasion picked
  JOIN review_slot slot ON slot.project_id = picked.project_id AND slot.output_id = picked.output_id
    AND slot.occasion = picked.occasion
  LEFT JOIN LATERAL (
    SELECT review.* FROM review
    WHERE slot.state = 'DONE' AND review.project_id = slot.project_id AND review.output_id = slot.output_id
      AND review.occasion = slot.occasion AND review.reviewer_id = slot.holder_id
    ORDER BY review.revision DESC LIMIT 1) newest ON true`;

async function readItems(ctx: Ctx, batchId: string, withPayload: boolean): Promise<PickedItem[]> {
  const free = (column: Prisma.Sql) => (withPayload ? column : Prisma.sql`NULL::text`);
  const rows = await ctx.db.$queryRaw`
    SELECT output.id AS "outputId", coalesce(output.sent_id, output.external_id) AS reference, output.occurred_at AS "occurredAt",
      CASE WHEN slot.state = 'WITHDRAWN' THEN 'removed' WHEN slot.state = 'DONE' THEN 'judged'
        WHEN slot.lease_expires_at > clock_timestamp() THEN 'held'
        WHEN EXISTS (SELECT 1 FROM review_slot sampled WHERE sampled.project_id = slot.project_id
          AND sampled.output_id = slot.output_id AND sampled.occasion = 0 AND sampled.state = 'OPEN') THEN 'sampled'
        ELSE 'waiting' END AS state,
      ${free(Prisma.sql`left(output.output::text, ${PREVIEW_LENGTH})`)} AS preview, person.name AS reviewer,
      newest.outcome::text, newest.verdict::text, coalesce(newest.error_tags, '{}') AS "errorTags", newest.severity,
      ${free(Prisma.sql`newest.comment`)} AS comment, ${free(Prisma.sql`coalesce(newest.reason, newest.overrule_reason)`)} AS reason,
      newest.submitted_at AS "judgedAt"
    FROM ${PICKED}
    JOIN output ON output.project_id = picked.project_id AND output.id = picked.output_id
    LEFT JOIN user_account person ON person.id = newest.reviewer_id
    WHERE picked.project_id = ${ctx.project.id}::uuid AND picked.batch_id = ${batchId}::uuid
    ORDER BY slot.state = 'WITHDRAWN', newest.verdict IS DISTINCT FROM 'INCORRECT', slot.state <> 'DONE', slot.order_key`;
  return z.array(pickedItemSchema).parse(rows);
}
