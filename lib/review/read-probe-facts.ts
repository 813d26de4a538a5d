import type { Db, Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import * as z from "zod";
import { admits, isAssigned } from "./eligible";

/** Who has not reviewed for so long is served no re-servings. */
const ACTIVE_DAYS = 14;
/** Keys looked at: what lies beyond is far from being served. */
const READ_KEYS = 2_000;
const READ_GOLD = 2_000;
/** Own old items are drawn from so many, the newest that are old enough. */
const READ_OLD = 3_000;

const personRow = z.object({
  userId: z.string(),
  reviewed: z.number(),
  lastWeek: z.number(),
  goldDone: z.number(),
  repeatDone: z.number(),
  /** Takes from the queue now. */
  lately: z.boolean(),
});
export type ProbedPerson = z.output<typeof personRow>;

/** The reviewers who work here, with what they did this week (weeks begin on Monday in the project's zone). */
export async function readProbedPeople(
  tx: Tx,
  projectId: string,
  weekStart: Date,
  now: Date,
): Promise<ProbedPerson[]> {
  const rows = await tx.$queryRaw`
    SELECT membership.user_id AS "userId", done.*
    FROM membership JOIN user_account person ON person.id = membership.user_id AND person.disabled_at IS NULL
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE this_week)::int AS reviewed, count(*) FILTER (WHERE NOT this_week)::int AS "lastWeek",
        count(*) FILTER (WHERE this_week AND kind = 'GOLD')::int AS "goldDone",
        count(*) FILTER (WHERE this_week AND kind = 'REPEAT')::int AS "repeatDone",
        coalesce(max(submitted_at) > ${now}::timestamptz - interval '1 hour', false) AS lately, max(submitted_at) AS newest
      FROM (
        SELECT review.submitted_at, review.submitted_at >= ${weekStart} AS this_week, re_serving.kind
        FROM review
        LEFT JOIN review_occasion re_serving ON re_serving.project_id = review.project_id
          AND re_serving.output_id = review.output_id AND re_serving.occasion = review.occasion
        WHERE review.project_id = ${projectId}::uuid AND review.reviewer_id = membership.user_id
          AND review.submitted_at >= ${weekStart}::timestamptz - interval '7 days' AND review.revision = 1
          AND coalesce(re_serving.kind <> 'DIAGNOSTIC', true)) decided) done
    WHERE membership.project_id = ${projectId}::uuid AND membership.role IN ('MANAGER', 'REVIEWER')
      AND EXISTS (SELECT 1 FROM review WHERE review.project_id = ${projectId}::uuid AND review.reviewer_id = membership.user_id
        AND review.submitted_at > ${now}::timestamptz - make_interval(days => ${ACTIVE_DAYS}))
    ORDER BY membership.user_id`;
  return z.array(personRow.extend({ newest: z.unknown() })).parse(rows);
}

/** Order keys of the ordinary items that wait and that this person may take, in rising order. */
export async function readWaitingKeys(tx: Tx, projectId: string, reviewerId: string): Promise<number[]> {
  const rows = await tx.$queryRaw<{ key: number }[]>`
    SELECT slot.order_key AS key FROM review_slot slot
    WHERE slot.project_id = ${projectId}::uuid AND slot.state = 'OPEN' AND slot.occasion = 0 AND slot.look < 3
      AND (slot.lease_expires_at IS NULL OR slot.lease_expires_at <= clock_timestamp())
      AND ${isAssigned({ projectId, reviewerId })}
    ORDER BY slot.order_key LIMIT ${READ_KEYS}`;
  return rows.map((row) => row.key);
}

/** Share of wrong outputs among what reviewers were shown of late; a tenth as long as there is too little. */
export async function readErrorShare(db: Db, projectId: string): Promise<number> {
  const rows = await db.$queryRaw<{ wrong: number | null; judged: number }[]>`
    SELECT avg((verdict = 'INCORRECT')::int)::float8 AS wrong, count(*)::int AS judged FROM (
      SELECT verdict FROM sample WHERE project_id = ${projectId}::uuid AND state = 'SETTLED' AND settled_by <> 'truth'
      ORDER BY settled_at DESC LIMIT 500) newest`;
  const { wrong, judged } = rows[0] ?? { wrong: null, judged: 0 };
  return wrong === null || judged < 30 ? 0.1 : wrong;
}

const openRow = z.object({
  slotId: z.string(),
  userId: z.string(),
  kind: z.enum(["GOLD", "REPEAT"]),
  held: z.boolean(),
});
export type OwnProbe = z.output<typeof openRow>;

/** Re-servings made for somebody that they have not decided, the oldest first; without those that they are given no more. */
export async function readOwnProbes(tx: Tx, projectId: string): Promise<OwnProbe[]> {
  const rows = await tx.$queryRaw`
    SELECT slot.id AS "slotId", slot.assignee_id AS "userId", re_serving.kind::text,
      coalesce(slot.lease_expires_at > clock_timestamp(), false) AS held
    FROM review_slot slot
    JOIN review_occasion re_serving ON re_serving.project_id = slot.project_id AND re_serving.output_id = slot.output_id
      AND re_serving.occasion = slot.occasion AND re_serving.retired_at IS NULL AND re_serving.kind <> 'DIAGNOSTIC'
    JOIN output ON output.project_id = slot.project_id AND output.id = slot.output_id
    WHERE slot.project_id = ${projectId}::uuid AND slot.occasion > 0 AND slot.state IN ('OPEN', 'WITHDRAWN')
      AND slot.assignee_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM review WHERE review.project_id = slot.project_id AND review.slot_id = slot.id)
      AND ${admits(skillsOf(projectId, Prisma.sql`slot.assignee_id`))}
    ORDER BY slot.id`;
  return z.array(openRow).parse(rows);
}

const json = z.string().transform((text) => JSON.parse(text) as unknown);
const goldRow = z.object({
  outputId: z.string(),
  occasion: z.number(),
  reference: z.string(),
  expectedVerdict: z.enum(["CORRECT", "INCORRECT"]),
  truth: z.record(z.string(), z.unknown()),
  shown: json,
  views: z.number(),
  /** Who has met this output in any way, made the item, or is not given such outputs. */
  knownTo: z.array(z.string()),
});
export type GoldInService = z.output<typeof goldRow>;

export async function readGoldInService(tx: Tx, projectId: string): Promise<GoldInService[]> {
  const rows = await tx.$queryRaw`
    SELECT gold.output_id AS "outputId", gold.occasion, coalesce(output.sent_id, output.external_id) AS reference,
      gold.expected_verdict::text AS "expectedVerdict", gold.truth, coalesce(gold.shown_output, output.output)::text AS shown,
      (SELECT count(*)::int FROM review_slot slot WHERE slot.project_id = gold.project_id
         AND slot.output_id = gold.output_id AND slot.occasion = gold.occasion) AS views,
      ARRAY(
        SELECT review.reviewer_id::text FROM review
        WHERE review.project_id = gold.project_id AND review.output_id = gold.output_id
        UNION SELECT coalesce(slot.assignee_id, slot.holder_id)::text FROM review_slot slot
        WHERE slot.project_id = gold.project_id AND slot.output_id = gold.output_id
          AND coalesce(slot.assignee_id, slot.holder_id) IS NOT NULL
        UNION SELECT gold.created_by::text WHERE gold.created_by IS NOT NULL
        UNION SELECT setting.user_id::text FROM reviewer_setting setting
        WHERE setting.project_id = gold.project_id AND NOT ${admits(Prisma.sql`setting.skills`)}) AS "knownTo"
    FROM review_occasion gold JOIN output ON output.project_id = gold.project_id AND output.id = gold.output_id
    WHERE gold.project_id = ${projectId}::uuid AND gold.kind = 'GOLD' AND gold.retired_at IS NULL
    ORDER BY gold.created_at DESC LIMIT ${READ_GOLD}`;
  return z.array(goldRow).parse(rows);
}

/** Outputs that somebody answered by the form in force long enough ago, and that they were not given again yet. */
export async function readOldAnswers(
  tx: Tx,
  projectId: string,
  person: { userId: string; formId: string; before: Date },
): Promise<{ outputId: string; reference: string }[]> {
  return await tx.$queryRaw<{ outputId: string; reference: string }[]>`
    SELECT output.id AS "outputId", coalesce(output.sent_id, output.external_id) AS reference FROM (
      SELECT output_id, revision FROM review
      WHERE project_id = ${projectId}::uuid AND reviewer_id = ${person.userId}::uuid AND submitted_at <= ${person.before}
        AND occasion = 0 AND outcome = 'ANSWERED' AND "primary" AND answer_schema_id = ${person.formId}::uuid
      ORDER BY submitted_at DESC LIMIT ${READ_OLD}) old
    JOIN output ON output.project_id = ${projectId}::uuid AND output.id = old.output_id
    WHERE ${admits(skillsOf(projectId, Prisma.sql`${person.userId}::uuid`))}
      AND NOT EXISTS (SELECT 1 FROM review later WHERE later.project_id = ${projectId}::uuid AND later.output_id = old.output_id
        AND later.reviewer_id = ${person.userId}::uuid AND (later.occasion > 0 OR later.revision > old.revision))
      AND NOT EXISTS (SELECT 1 FROM review_slot again WHERE again.project_id = ${projectId}::uuid AND again.output_id = old.output_id
        AND again.occasion > 0 AND again.assignee_id = ${person.userId}::uuid)`;
}

function skillsOf(projectId: string, userId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`coalesce((SELECT setting.skills FROM reviewer_setting setting
    WHERE setting.project_id = ${projectId}::uuid AND setting.user_id = ${userId}), '{}')`;
}
