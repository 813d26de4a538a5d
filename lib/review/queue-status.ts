import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { personPaused, queuePaused } from "./eligible";
import { type SessionForecast, sessionForecast } from "@/lib/stats/session-forecast";
import { readPlanPrefix } from "./plan-prefix";
import { reviewerId } from "./reviewer";
import type { EmptyReason, QueueName } from "./wire-schema";
import { inQueueOf, reviewedIn, takeableFrom } from "./slot-queue";

/** At most so many open slots are looked at: beyond, "1,000 and more" is all that anybody needs to know. */
const COUNTED_SLOTS = 1_000;
/** Reviews that a forecast needs, and those it looks at. */
const FORECAST_MIN = 5;
const FORECAST_LAST = 50;
const FORECAST_CONFIDENCE = 0.8;

export interface QueueStatus {
  doneToday: number;
  /** Open slots that this person may fill, also those held by others now. */
  left: number;
  /** There are more than could be counted. */
  leftIsAtLeast: boolean;
  deferred: number;
  /** Seconds that the items left take this person, in four of five sessions between low and high; null until enough is known. */
  forecast: (SessionForecast & { items: number }) | null;
  /** Timed reviews that a forecast still needs. */
  forecastAfter: number;
  /** Of everybody's work in this project; null in the other queues, which no estimate rests on. */
  prefix: Awaited<ReturnType<typeof readPlanPrefix>>;
  /** Set when nothing can be claimed now. */
  empty: { reason: EmptyReason; freeAt: Date | null; heldByMe: number } | null;
}

const row = z.object({
  hasForm: z.boolean(),
  hasSlots: z.boolean(),
  queuePaused: z.boolean(),
  paused: z.boolean(),
  /** Something waits for people to whom it is assigned. */
  elsewhere: z.boolean(),
  looked: z.number(),
  free: z.number(),
  held: z.number(),
  heldByMe: z.number(),
  freeAt: z.date().nullable(),
  deferred: z.number(),
  doneToday: z.number(),
  mySeconds: z.array(z.number()),
});

/** What a queue looks like for this person now: progress of the day, what is left, and when nothing can be claimed, why. */
export async function queueStatus(ctx: Ctx, queue: QueueName = "review"): Promise<QueueStatus> {
  const [read, prefix] = await Promise.all([
    readFacts(ctx, queue),
    queue === "review" ? readPlanPrefix(ctx) : null,
  ]);
  const facts = row.parse(read[0]);
  const reason = emptyReason(facts);
  const left = facts.free + facts.held;
  return {
    doneToday: facts.doneToday,
    left,
    leftIsAtLeast: facts.looked >= COUNTED_SLOTS,
    deferred: facts.deferred,
    forecast: forecast(facts.mySeconds, left),
    forecastAfter: Math.max(0, FORECAST_MIN - facts.mySeconds.length),
    prefix,
    empty: reason && {
      reason,
      freeAt: reason === "all_held" ? facts.freeAt : null,
      heldByMe: facts.heldByMe,
    },
  };
}

function forecast(seconds: readonly number[], items: number): QueueStatus["forecast"] {
  if (seconds.length < FORECAST_MIN || items === 0) return null;
  return { items, ...sessionForecast(seconds, items, FORECAST_CONFIDENCE) };
}

function emptyReason(facts: z.output<typeof row>): EmptyReason | null {
  if (!facts.hasForm) return "no_form";
  if (facts.queuePaused) return "queue_paused";
  if (facts.paused) return "paused";
  if (facts.free > 0) return null;
  if (facts.held > 0) return "all_held";
  if (facts.looked > 0) return "needs_others";
  if (facts.elsewhere) return "nothing_assigned";
  return facts.hasSlots ? "all_done" : "no_samples";
}

async function readFacts(ctx: Ctx, queue: QueueName): Promise<unknown[]> {
  const projectId = ctx.project.id;
  const me = reviewerId(ctx);
  const person = { projectId, reviewerId: me };
  return await ctx.db.$queryRaw`
    WITH open AS MATERIALIZED (
      SELECT slot.lease_expires_at, slot.holder_id = ${me}::uuid AS by_me,
             slot.lease_expires_at IS NULL OR slot.lease_expires_at <= clock_timestamp() AS free,
             (SELECT count(*) FROM review_slot other
              WHERE other.project_id = slot.project_id AND other.output_id = slot.output_id
                AND other.occasion = slot.occasion AND other.holder_id = ${me}::uuid AND other.id <> slot.id) = 0 AS alone,
             coalesce((SELECT mine.outcome FROM review mine
              WHERE mine.project_id = slot.project_id AND mine.output_id = slot.output_id
                AND mine.occasion = slot.occasion AND mine.reviewer_id = ${me}::uuid
              ORDER BY mine.revision DESC LIMIT 1), 'UNDONE') AS mine
      FROM review_slot slot
      WHERE slot.project_id = ${projectId}::uuid AND slot.state = 'OPEN'
        AND ${takeableFrom(queue, person)}
      ORDER BY slot.order_key LIMIT ${COUNTED_SLOTS}),
    mine_to_do AS (SELECT * FROM open WHERE alone AND mine = 'UNDONE'),
    today AS MATERIALIZED (
      SELECT DISTINCT review.output_id, review.occasion FROM review
      WHERE review.project_id = ${projectId}::uuid AND review.reviewer_id = ${me}::uuid
        AND review.outcome IN ('ANSWERED', 'CANNOT_JUDGE') AND ${reviewedIn(queue)}
        AND review.submitted_at >= date_trunc('day', now() AT TIME ZONE ${ctx.project.timeZone}) AT TIME ZONE ${ctx.project.timeZone}
        AND review.revision = (
          SELECT max(later.revision) FROM review later
          WHERE later.project_id = review.project_id AND later.output_id = review.output_id
            AND later.occasion = review.occasion AND later.reviewer_id = review.reviewer_id)),
    timed AS MATERIALIZED (
      SELECT review.active_ms FROM review
      WHERE review.project_id = ${projectId}::uuid AND review.reviewer_id = ${me}::uuid AND review.active_ms IS NOT NULL
        AND review.outcome IN ('ANSWERED', 'CANNOT_JUDGE')
      ORDER BY review.submitted_at DESC LIMIT ${FORECAST_LAST})
    SELECT
      EXISTS (SELECT 1 FROM answer_schema WHERE project_id = ${projectId}::uuid) AS "hasForm",
      EXISTS (SELECT 1 FROM review_slot WHERE project_id = ${projectId}::uuid) AS "hasSlots",
      ${queuePaused(person)} AS "queuePaused", ${personPaused(person)} AS paused,
      NOT EXISTS (SELECT 1 FROM open) AND EXISTS (
        SELECT 1 FROM review_slot slot WHERE slot.project_id = ${projectId}::uuid AND slot.state = 'OPEN'
          AND ${inQueueOf(queue, me)}) AS elsewhere,
      (SELECT count(*)::int FROM open) AS looked,
      (SELECT count(*)::int FROM mine_to_do WHERE free) AS free,
      (SELECT count(*)::int FROM mine_to_do WHERE NOT free) AS held,
      (SELECT count(*)::int FROM open WHERE by_me AND NOT free) AS "heldByMe",
      (SELECT min(lease_expires_at) FROM mine_to_do WHERE NOT free) AS "freeAt",
      (SELECT count(*)::int FROM open WHERE mine = 'SKIPPED') AS deferred,
      (SELECT count(*)::int FROM today) AS "doneToday",
      (SELECT coalesce(array_agg(active_ms / 1000.0::double precision), '{}') FROM timed) AS "mySeconds"`;
}
