import { randomUUID } from "node:crypto";

import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { LEASE_SECONDS } from "./claim-slot";
import { type LeasedItem, loadItem } from "./leased-item";
import { type LookedAt, lockForRevision, readStanding, type SlotRef } from "./lock-sample";
import { reviewedIn } from "./slot-queue";
import { type QueueName, reviewModeSchema, storedRemark } from "./wire-schema";
import { reviewerId } from "./reviewer";
import { answerSchema } from "./schema";
import { settleLockedSample } from "./settle-sample";

export interface UndoInput {
  submissionKey: string;
  /** The newest decision of the last day, or the oldest item that was handed on. */
  which: "last" | "deferred";
  /** Only what was decided there; left out, whatever it was. */
  queue?: QueueName | undefined;
  leaseSeconds?: number;
}

export interface Undone {
  reviewId: string;
  /** The item, leased again; null when somebody else has it by now, or when the review was an extra. */
  item: LeasedItem | null;
  /** A third person had decided between this opinion and another one: that stands, and the audit log names the change. */
  adjudicated: boolean;
  /** What had been decided, to start from. */
  before: z.output<typeof beforeRow>;
}

const beforeRow = z.object({
  slotId: z.string(),
  revision: z.number(),
  outcome: z.enum(["ANSWERED", "CANNOT_JUDGE", "SKIPPED"]),
  primary: z.boolean(),
  answerSchemaId: z.string(),
  answer: answerSchema.nullable(),
  verdict: z.enum(["CORRECT", "INCORRECT", "CANNOT_JUDGE"]).nullable(),
  reason: z.string().nullable(),
  overruleReason: z.string().nullable(),
  comment: z.string().nullable(),
  ...storedRemark,
  mode: reviewModeSchema,
});

/**
 * Takes a decision back by a new revision UNDONE and leases the slot to its author again. Nothing is removed. A retry with the same
 * key takes nothing more back. GONE when there is nothing to undo.
 */
export async function undoReview(ctx: Ctx, input: UndoInput): Promise<Undone> {
  const me = reviewerId(ctx);
  const projectId = ctx.project.id;
  return await inTransaction(ctx.db, async (tx) => {
    const target = (await findTarget(tx, projectId, me, input)) ?? nothingToUndo();
    const ref: SlotRef = { projectId, reviewerId: me, slotId: target.slotId };
    const lookedAt = await lockForRevision(tx, ref);
    const standing = await readStanding(tx, ref, input.submissionKey);
    if (standing.stored?.outcome === "UNDONE") return await again(tx, ctx, standing.stored.id, target);
    if (standing.stored) {
      throw new AppError("CONFLICT", "This submission key belongs to a review.", { reason: "key_reused" });
    }
    // Another tab was quicker with this very item.
    if (standing.latest?.revision !== target.revision) nothingToUndo();
    const leaseToken = randomUUID();
    const reviewId = await appendUndone(tx, ref, {
      lookedAt,
      leaseToken,
      target,
      leaseSeconds: input.leaseSeconds ?? LEASE_SECONDS,
      submissionKey: input.submissionKey,
    });
    await settleLockedSample(tx, ctx, lookedAt);
    const adjudicated = await isAdjudicated(tx, ref, lookedAt);
    if (adjudicated) {
      const entry = { action: "review.undo-decided", objectKind: "output", objectId: lookedAt.outputId };
      await writeAudit(tx, ctx, entry);
    }
    const item = await loadItem(ctx, { slotId: target.slotId, leaseToken }, tx);
    return { reviewId, item, adjudicated, before: target };
  });
}

function nothingToUndo(): never {
  throw new AppError("GONE", "There is nothing to undo.", { reason: "nothing_to_undo" });
}

async function isAdjudicated(tx: Tx, { projectId, slotId }: SlotRef, lookedAt: LookedAt): Promise<boolean> {
  const { outputId, occasion } = lookedAt;
  const third = await tx.reviewSlot.findFirst({
    where: { projectId, outputId, occasion, look: 3, state: "DONE", id: { not: slotId } },
    select: { id: true },
  });
  return third !== null;
}

type Target = z.output<typeof beforeRow>;

/** The retry of an undo finds its own UNDONE row and the decision before it. */
async function findTarget(tx: Tx, projectId: string, me: string, input: UndoInput): Promise<Target | null> {
  const rows = await tx.$queryRaw<unknown[]>`
    WITH repeated AS (
      SELECT known.output_id, known.occasion, known.revision - 1 AS revision FROM review known
      WHERE known.project_id = ${projectId}::uuid AND known.reviewer_id = ${me}::uuid
        AND known.submission_key = ${input.submissionKey}::uuid AND known.outcome = 'UNDONE')
    SELECT mine.slot_id AS "slotId", mine.revision, mine.outcome::text, mine."primary", mine.answer_schema_id AS "answerSchemaId",
           mine.answer, mine.verdict::text, mine.reason, mine.overrule_reason AS "overruleReason", mine.comment,
           mine.error_tags, mine.severity, mine.correction, mine.mode
    FROM review mine
    WHERE mine.project_id = ${projectId}::uuid AND mine.reviewer_id = ${me}::uuid
      AND ${input.queue ? reviewedIn(input.queue, Prisma.sql`mine`) : Prisma.sql`true`}
      AND CASE WHEN EXISTS (SELECT 1 FROM repeated)
        THEN (mine.output_id, mine.occasion, mine.revision) IN (SELECT output_id, occasion, revision FROM repeated)
        ELSE mine.outcome <> 'UNDONE'
          AND CASE WHEN ${input.which} = 'deferred' THEN mine.outcome = 'SKIPPED'
              ELSE mine.submitted_at > clock_timestamp() - interval '1 day' END
          AND mine.revision = (
            SELECT max(later.revision) FROM review later
            WHERE later.project_id = mine.project_id AND later.output_id = mine.output_id
              AND later.occasion = mine.occasion AND later.reviewer_id = mine.reviewer_id) END
    ORDER BY CASE WHEN ${input.which} = 'deferred' THEN mine.submitted_at END,
             CASE WHEN ${input.which} = 'last' THEN mine.submitted_at END DESC, mine.id DESC
    LIMIT 1`;
  return rows.length > 0 ? beforeRow.parse(rows[0]) : null;
}

async function again(tx: Tx, ctx: Ctx, reviewId: string, before: Target): Promise<Undone> {
  const slot = await tx.reviewSlot.findUnique({
    where: { projectId_id: { projectId: ctx.project.id, id: before.slotId } },
    select: { leaseToken: true },
  });
  const leaseToken = slot?.leaseToken;
  return {
    reviewId,
    before,
    adjudicated: false,
    item: leaseToken ? await loadItem(ctx, { slotId: before.slotId, leaseToken }, tx) : null,
  };
}

async function appendUndone(
  tx: Tx,
  ref: SlotRef,
  change: {
    lookedAt: LookedAt;
    leaseToken: string;
    target: Target;
    leaseSeconds: number;
    submissionKey: string;
  },
): Promise<string> {
  const { target, lookedAt } = change;
  const reviewId = newId();
  await tx.$executeRaw`
    WITH leased AS (
      UPDATE review_slot slot
      SET state = 'OPEN', holder_id = ${ref.reviewerId}::uuid, lease_token = ${change.leaseToken}::uuid,
          lease_expires_at = clock_timestamp() + make_interval(secs => ${change.leaseSeconds}::double precision)
      WHERE slot.project_id = ${ref.projectId}::uuid AND slot.id = ${ref.slotId}::uuid
        AND CASE WHEN ${target.outcome === "SKIPPED"}
          THEN slot.state = 'OPEN' AND (slot.lease_expires_at IS NULL OR slot.lease_expires_at <= clock_timestamp())
            AND NOT EXISTS (
              SELECT 1 FROM review_slot other
              WHERE other.project_id = slot.project_id AND other.output_id = slot.output_id
                AND other.occasion = slot.occasion AND other.holder_id = ${ref.reviewerId}::uuid AND other.id <> slot.id)
          ELSE ${target.primary} AND slot.state = 'DONE' AND slot.holder_id = ${ref.reviewerId}::uuid END)
    INSERT INTO review (project_id, id, output_id, occasion, slot_id, reviewer_id, revision, outcome, "primary",
      answer_schema_id, mode, submission_key, submitted_at)
    VALUES (${ref.projectId}::uuid, ${reviewId}::uuid, ${lookedAt.outputId}::uuid, ${lookedAt.occasion}::int,
      ${ref.slotId}::uuid, ${ref.reviewerId}::uuid, ${target.revision + 1}::int, 'UNDONE', ${target.primary},
      ${target.answerSchemaId}::uuid, ${target.mode}, ${change.submissionKey}::uuid, clock_timestamp())`;
  return reviewId;
}
