import { randomUUID } from "node:crypto";

import type { Ctx } from "@/lib/core/ctx";
import { sqlState } from "@/lib/db/sql-state";
import { type LeasedItem, loadItem } from "./leased-item";
import { reviewerId } from "./reviewer";
import type { QueueName } from "./wire-schema";
import { takeableFrom } from "./slot-queue";

/** A lease lasts this long without a sign of life from the screen. */
export const LEASE_SECONDS = 300;
/** Of an item that is fetched ahead and not shown yet. */
export const PREFETCH_SECONDS = 120;

export interface ClaimOptions {
  leaseSeconds?: number;
  queue?: QueueName;
}

export interface Claim {
  slotId: string;
  leaseToken: string;
  /** Both by the database's clock. */
  grantedAt: Date;
  expiresAt: Date;
}

/*
 * Eligibility is written as scalar subqueries on purpose: two index look-ups per slot looked at. As NOT EXISTS the planner joined
 * all reviews of the person with themselves (59 ms per claim after 300 reviews, growing with the square).
 */

/**
 * Leases the first open slot of the queue that this person may fill: one statement, so that of any number of claimers each gets
 * another slot or null. Skips what is leased (until it expires by the database's clock), what is meant for somebody else or not
 * assigned to them, what the person has judged or handed on, and samples of which they hold or filled another look.
 */
export async function claimSlot(ctx: Ctx, options: ClaimOptions = {}): Promise<Claim | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryClaim(ctx, options.queue ?? "review", options.leaseSeconds ?? LEASE_SECONDS);
    } catch (error) {
      // Two tabs of one person reached for two looks of one sample: the unique key lets one of them have it.
      if (attempt >= 4 || sqlState(error) !== "23505") throw error;
    }
  }
}

async function tryClaim(ctx: Ctx, queue: QueueName, leaseSeconds: number): Promise<Claim | null> {
  const projectId = ctx.project.id;
  const me = reviewerId(ctx);
  const rows = await ctx.db.$queryRaw<Claim[]>`
    WITH candidate AS MATERIALIZED (
      SELECT slot.id
      FROM review_slot slot
      WHERE slot.project_id = ${projectId}::uuid AND slot.state = 'OPEN'
        AND (slot.lease_expires_at IS NULL OR slot.lease_expires_at <= clock_timestamp())
        AND ${takeableFrom(queue, { projectId, reviewerId: me })}
        AND (SELECT count(*) FROM review_slot other
             WHERE other.project_id = slot.project_id AND other.output_id = slot.output_id AND other.occasion = slot.occasion
               AND other.holder_id = ${me}::uuid AND other.id <> slot.id) = 0
        AND coalesce((SELECT mine.outcome = 'UNDONE' FROM review mine
                      WHERE mine.project_id = slot.project_id AND mine.output_id = slot.output_id
                        AND mine.occasion = slot.occasion AND mine.reviewer_id = ${me}::uuid
                      ORDER BY mine.revision DESC LIMIT 1), true)
        AND EXISTS (SELECT 1 FROM answer_schema form WHERE form.project_id = ${projectId}::uuid)
      ORDER BY slot.order_key
      LIMIT 1
      FOR UPDATE OF slot SKIP LOCKED)
    UPDATE review_slot slot
    SET holder_id = ${me}::uuid, lease_token = ${randomUUID()}::uuid,
        lease_expires_at = clock_timestamp() + make_interval(secs => ${leaseSeconds}::double precision)
    FROM candidate
    WHERE slot.project_id = ${projectId}::uuid AND slot.id = candidate.id
    RETURNING slot.id AS "slotId", slot.lease_token AS "leaseToken", clock_timestamp() AS "grantedAt",
              slot.lease_expires_at AS "expiresAt"`;
  return rows[0] ?? null;
}

/** Claims the next slot and gives what its reviewer may see of it; null when there is nothing for this person now. */
export async function nextItem(ctx: Ctx, options: ClaimOptions = {}): Promise<LeasedItem | null> {
  const claim = await claimSlot(ctx, options);
  return claim ? await loadItem(ctx, claim) : null;
}
