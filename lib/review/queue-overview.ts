import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import { admits } from "./eligible";
import { dueSql } from "./queue-plan";

const factsSchema = z.object({
  pausedAt: z.date().nullable(),
  due: z.number(),
  overdue: z.number(),
  /** Since when the oldest of the due ones waits. */
  oldest: z.date().nullable(),
  /** Open looks of samples, the reserve and second looks included. */
  open: z.number(),
  /** Two people differ, and a third has to decide. */
  adjudications: z.number(),
  handPicked: z.number(),
  reviewsPerWeek: z.number().nullable(),
  hasForm: z.boolean(),
});
export type QueueFacts = z.output<typeof factsSchema>;

/** What waits, as a whole. */
export async function readQueueFacts(ctx: Ctx): Promise<QueueFacts> {
  const projectId = ctx.project.id;
  const rows = await ctx.db.$queryRaw`
    WITH due AS MATERIALIZED (${dueSql(ctx)})
    SELECT (SELECT reviews_paused_at FROM project WHERE id = ${projectId}::uuid) AS "pausedAt",
      (SELECT count(*)::int FROM due) AS due, (SELECT count(*)::int FROM due WHERE overdue) AS overdue,
      (SELECT min(LEAST(since, ${ctx.now}::timestamptz)) FROM due) AS oldest,
      (SELECT count(*)::int FROM review_slot WHERE project_id = ${projectId}::uuid AND state = 'OPEN' AND occasion = 0 AND look < 3) AS open,
      (SELECT count(*)::int FROM review_slot WHERE project_id = ${projectId}::uuid AND state = 'OPEN' AND occasion = 0 AND look = 3) AS adjudications,
      (SELECT count(*)::int FROM review_slot slot JOIN review_occasion picked ON picked.project_id = slot.project_id
        AND picked.output_id = slot.output_id AND picked.occasion = slot.occasion AND picked.kind = 'DIAGNOSTIC'
       WHERE slot.project_id = ${projectId}::uuid AND slot.occasion > 0 AND slot.state = 'OPEN') AS "handPicked",
      (SELECT reviews_per_week FROM sampling_plan WHERE project_id = ${projectId}::uuid ORDER BY version DESC LIMIT 1) AS "reviewsPerWeek",
      EXISTS (SELECT 1 FROM answer_schema WHERE project_id = ${projectId}::uuid) AS "hasForm"`;
  return z.tuple([factsSchema]).parse(rows)[0];
}

const holdSchema = z.object({
  slotId: z.string(),
  reference: z.string(),
  holder: z.string(),
  expiresAt: z.date(),
  queue: z.enum(["review", "adjudicate", "diagnostic"]),
});
export type Hold = z.output<typeof holdSchema>;

const SHOWN_HOLDS = 100;

/** What is on people's screens. Items that measure people are among the samples here too. */
export async function readHolds(ctx: Ctx): Promise<Hold[]> {
  const rows = await ctx.db.$queryRaw`
    SELECT slot.id AS "slotId", coalesce(output.sent_id, output.external_id) AS reference, person.name AS holder, slot.lease_expires_at AS "expiresAt",
      CASE WHEN slot.occasion = 0 AND slot.look = 3 THEN 'adjudicate' WHEN picked.kind = 'DIAGNOSTIC' THEN 'diagnostic'
        ELSE 'review' END AS queue
    FROM review_slot slot
    JOIN output ON output.project_id = slot.project_id AND output.id = slot.output_id
    JOIN user_account person ON person.id = slot.holder_id
    LEFT JOIN review_occasion picked ON picked.project_id = slot.project_id AND picked.output_id = slot.output_id
      AND picked.occasion = slot.occasion
    WHERE slot.project_id = ${ctx.project.id}::uuid AND slot.state = 'OPEN' AND slot.lease_expires_at > clock_timestamp()
    ORDER BY person.name, slot.lease_expires_at LIMIT ${SHOWN_HOLDS}`;
  return z.array(holdSchema).parse(rows);
}

const strandedSchema = z.object({ segments: z.record(z.string(), z.string().nullable()), slots: z.number() });
export type Stranded = z.output<typeof strandedSchema>;

/** Open looks of samples that nobody who works here may take, by the attributes that people's limits name; the most first. */
export async function readStranded(ctx: Ctx): Promise<Stranded[]> {
  const projectId = ctx.project.id;
  const rows = await ctx.db.$queryRaw`
    WITH able AS MATERIALIZED (
      SELECT coalesce(setting.skills, '{}') AS skills FROM membership
      JOIN user_account person ON person.id = membership.user_id AND person.disabled_at IS NULL
      LEFT JOIN reviewer_setting setting ON setting.project_id = membership.project_id AND setting.user_id = membership.user_id
      WHERE membership.project_id = ${projectId}::uuid AND membership.role <> 'VIEWER' AND NOT coalesce(setting.paused, false)),
    named AS MATERIALIZED (SELECT DISTINCT key FROM able CROSS JOIN LATERAL jsonb_object_keys(skills) AS each(key))
    SELECT (SELECT coalesce(jsonb_object_agg(named.key, output.segments ->> named.key), '{}') FROM named) AS segments, count(*)::int AS slots
    FROM review_slot slot JOIN output ON output.project_id = slot.project_id AND output.id = slot.output_id
    WHERE slot.project_id = ${projectId}::uuid AND slot.state = 'OPEN' AND slot.occasion = 0
      AND NOT EXISTS (SELECT 1 FROM able WHERE ${admits(Prisma.sql`able.skills`)})
    GROUP BY 1 ORDER BY 2 DESC LIMIT 10`;
  return z.array(strandedSchema).parse(rows);
}
