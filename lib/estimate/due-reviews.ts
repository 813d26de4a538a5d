import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import * as z from "zod";
import type { Period, Segment } from "./schema";

const dueRow = z.object({ attribute: z.string(), value: z.string(), start: z.string(), due: z.number() });

/**
 * Production samples that wait for a first look and that the plan counts on, by segment and period. More are drawn than the plan
 * counts on (chance may choose few): what lies beyond the target is a reserve, and nobody waits for it.
 */
export async function readDue(
  db: Db,
  projectId: string,
  window: { period: Period; from: string; to: string },
  only?: Segment,
): Promise<Map<string, number>> {
  const { attribute, value } = only ?? { attribute: "", value: "" };
  const place =
    only === undefined
      ? Prisma.sql`CROSS JOIN LATERAL (SELECT '' AS attribute, '' AS value
          UNION ALL SELECT key, each.value FROM jsonb_each_text(output.segments) each) place`
      : Prisma.sql`CROSS JOIN (SELECT ${attribute} AS attribute, ${value} AS value) place`;
  const within =
    only && attribute !== "" ? Prisma.sql`AND output.segments ->> ${attribute} = ${value}` : Prisma.empty;
  const rows = await db.$queryRaw`
    SELECT place.attribute, place.value, date_trunc(${window.period}, output.day::timestamp)::date::text AS start, count(*)::int AS due
    FROM review_slot slot
    JOIN sample ON sample.project_id = slot.project_id AND sample.output_id = slot.output_id AND sample.state = 'QUEUED'
    JOIN stratum_epoch opened ON opened.project_id = sample.project_id AND opened.epoch_id = sample.epoch_id
      AND opened.stratum_id = sample.stratum_id
    JOIN output ON output.project_id = slot.project_id AND output.id = slot.output_id AND output.phase = 'PRODUCTION'
    ${place}
    WHERE slot.project_id = ${projectId}::uuid AND slot.state = 'OPEN' AND slot.look = 1 AND slot.occasion = 0
      AND sample.random_number < opened.target / GREATEST(opened.population, 1)
      AND output.day BETWEEN ${window.from}::date AND ${window.to}::date ${within}
    GROUP BY 1, 2, 3`;
  return new Map(
    z
      .array(dueRow)
      .parse(rows)
      .map((row) => [dueKey(row, row.start), row.due]),
  );
}

export function dueKey({ attribute, value }: Segment, start: string): string {
  return JSON.stringify([attribute, value, start]);
}

const openRow = z.object({ first: z.string(), last: z.string() });

/** The days of recorded history that its sender has not completed yet; null when there is none. */
export async function readOpenHistory(
  db: Db,
  projectId: string,
): Promise<{ first: string; last: string } | null> {
  const rows = await db.$queryRaw`
    SELECT first, last FROM (
      SELECT min(starts_at AT TIME ZONE 'UTC')::date::text AS first, max(starts_at AT TIME ZONE 'UTC')::date::text AS last
      FROM epoch WHERE project_id = ${projectId}::uuid AND clock = 'RECORDED' AND closed_at IS NULL) open
    WHERE first IS NOT NULL`;
  return z.array(openRow).parse(rows)[0] ?? null;
}
