import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";

const facts = z.object({
  keys: z.number(),
  answerForms: z.number(),
  reviewers: z.number(),
  lastReceivedAt: z.date().nullable(),
  reviewsPerWeek: z.number().nullable(),
  reviewsThisWeek: z.number(),
  reviewsLastWeek: z.number(),
  waiting: z.number(),
});

/** Whether the measurement itself works, and what a new project still lacks. */
export type MeasurementHealth = z.output<typeof facts>;

/** More open looks than this are all the same to a reader. */
export const COUNTED_WAITING = 1_000;

/**
 * Weeks are calendar weeks of the project's zone. Reviews are read per person, because the index that knows their time begins with
 * the reviewer; the last output is the one with the largest id, because ids grow with the time of arrival.
 */
export async function measurementHealth(ctx: Ctx): Promise<MeasurementHealth> {
  const { id: projectId, timeZone } = ctx.project;
  const reviewsOf = (more: Prisma.Sql) => Prisma.sql`
    SELECT reviewer_id, output_id, revision, submitted_at, outcome FROM review
    WHERE project_id = ${projectId}::uuid AND reviewer_id = person.id AND occasion = 0
      AND submitted_at >= ((SELECT this FROM week) - interval '7 days') AT TIME ZONE ${timeZone} ${more}`;
  const rows = await ctx.db.$queryRaw`
    WITH week AS (
      SELECT date_trunc('week', ${ctx.now}::timestamptz AT TIME ZONE ${timeZone}) AS this
    ), revising AS MATERIALIZED (
      -- Whatever revises one of the recent reviews was decided after it; few do.
      SELECT review.* FROM user_account person CROSS JOIN LATERAL (${reviewsOf(Prisma.sql`AND revision > 1`)}) review
    ), recent AS (
      SELECT DISTINCT output_id, submitted_at >= (SELECT this FROM week) AT TIME ZONE ${timeZone} AS this_week
      FROM user_account person CROSS JOIN LATERAL (${reviewsOf(Prisma.empty)}) review
      WHERE outcome IN ('ANSWERED', 'CANNOT_JUDGE') AND NOT EXISTS (
        SELECT 1 FROM revising later WHERE later.output_id = review.output_id AND later.reviewer_id = review.reviewer_id
          AND later.revision > review.revision)
    )
    SELECT
      (SELECT count(*)::int FROM api_key WHERE project_id = ${projectId}::uuid AND revoked_at IS NULL
        AND (expires_at IS NULL OR expires_at > ${ctx.now})) AS keys,
      (SELECT count(*)::int FROM answer_schema WHERE project_id = ${projectId}::uuid) AS "answerForms",
      (SELECT count(*)::int FROM membership WHERE project_id = ${projectId}::uuid AND role <> 'VIEWER') AS reviewers,
      (SELECT received_at FROM output WHERE project_id = ${projectId}::uuid AND phase <> 'HELD' ORDER BY id DESC LIMIT 1) AS "lastReceivedAt",
      (SELECT reviews_per_week FROM sampling_plan WHERE project_id = ${projectId}::uuid ORDER BY version DESC LIMIT 1)
        AS "reviewsPerWeek",
      (SELECT count(*)::int FROM recent WHERE this_week) AS "reviewsThisWeek",
      (SELECT count(*)::int FROM recent WHERE NOT this_week) AS "reviewsLastWeek",
      (SELECT count(*)::int FROM (SELECT 1 FROM review_slot WHERE project_id = ${projectId}::uuid AND state = 'OPEN'
        AND occasion = 0 LIMIT ${COUNTED_WAITING}) open) AS waiting`;
  return z.tuple([facts]).parse(rows)[0];
}
