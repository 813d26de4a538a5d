import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import type { StratumCell } from "./cell-estimate";
import type { Days } from "./last-days";
import type { Segment } from "./schema";

const row = z.object({
  version: z.string(),
  attribute: z.string(),
  value: z.string(),
  stratumId: z.uuid(),
  firstDay: z.string(),
  lastDay: z.string(),
  n: z.number(),
  sumW: z.number(),
  sumW2: z.number(),
  sumWY: z.number(),
  sumW2Y: z.number(),
  sumW2YY: z.number(),
  maxWeight: z.number(),
  unsureN: z.number(),
  unsureW: z.number(),
});

/** What was judged of one model version in one stratum and segment value, weights 1 / inclusion probability. */
export interface VersionCell extends Segment {
  version: string;
  firstDay: string;
  lastDay: string;
  cell: Omit<StratumCell, "population" | "unauditedPopulation">;
}

const EACH_SEGMENT = Prisma.sql`
  (SELECT '' AS attribute, '' AS value UNION ALL SELECT key, each.value FROM jsonb_each_text(segments) each) segment`;

/**
 * Sums over the counted reviews of some model versions: the observations of `estimate_cell` (see fresh-cells.ts) divided by version,
 * an output or all outputs of a cluster within a stratum and segment value. Costs as much as the window has reviews.
 */
export async function readVersionCells(
  { db, project }: Ctx,
  versions: readonly string[],
  { from, to }: Days,
): Promise<VersionCell[]> {
  const rows = await db.$queryRaw`
    WITH judged AS MATERIALIZED (
      SELECT output.model_version AS version, sample.stratum_id, sample.state, sample.score, member.day, member.segments,
        CASE WHEN output.cluster IS NOT NULL THEN 'c' || output.cluster WHEN output.copies > 0 THEN 'o' || output.id END AS unit,
        1 / (LEAST(1, opened.effective_rate * (1 + output.copies)) * member.source_probability) AS weight
      FROM sample JOIN stratum_epoch opened USING (project_id, epoch_id, stratum_id)
      JOIN output ON output.project_id = sample.project_id AND output.id = sample.output_id
      CROSS JOIN LATERAL (
        SELECT output.day, output.segments, output.source_probability
        UNION ALL
        SELECT copy.day, copy.segments, copy.source_probability FROM output copy
        WHERE output.copies > 0 AND copy.project_id = output.project_id AND copy.copy_of = output.id) member
      WHERE sample.project_id = ${project.id}::uuid AND sample.state IN ('SETTLED', 'UNSURE')
        AND sample.random_number < opened.effective_rate AND output.phase = 'PRODUCTION'
        AND output.model_version = ANY(${[...versions]}::text[]) AND member.day BETWEEN ${from}::date AND ${to}::date
    ),
    -- An output that stands for itself alone adds to each of its segments alike: those with the same segments are added up first.
    alone AS (
      SELECT version, stratum_id, segments, min(day) AS first_day, max(day) AS last_day,
        count(weight) FILTER (WHERE state = 'SETTLED') AS n, sum(weight) FILTER (WHERE state = 'SETTLED') AS w,
        sum(weight * weight) FILTER (WHERE state = 'SETTLED') AS w2, sum(weight * score) FILTER (WHERE state = 'SETTLED') AS wy,
        sum(weight * weight * score) FILTER (WHERE state = 'SETTLED') AS w2y,
        sum((weight * score) * (weight * score)) FILTER (WHERE state = 'SETTLED') AS w2yy,
        max(weight) FILTER (WHERE state = 'SETTLED') AS most, count(*) FILTER (WHERE state = 'UNSURE') AS unsure,
        sum(weight) FILTER (WHERE state = 'UNSURE') AS unsure_weight
      FROM judged WHERE unit IS NULL GROUP BY 1, 2, 3
    ),
    unit AS (
      SELECT version, attribute, value, stratum_id, unit, min(day) AS first_day, max(day) AS last_day,
        sum(weight) FILTER (WHERE state = 'SETTLED') AS weight, sum(weight * score) FILTER (WHERE state = 'SETTLED') AS weight_score,
        count(*) FILTER (WHERE state = 'UNSURE') AS unsure, sum(weight) FILTER (WHERE state = 'UNSURE') AS unsure_weight
      FROM judged CROSS JOIN LATERAL ${EACH_SEGMENT} WHERE unit IS NOT NULL GROUP BY 1, 2, 3, 4, 5
    ),
    part AS (
      SELECT version, attribute, value, stratum_id, first_day, last_day, n, w, w2, wy, w2y, w2yy, most, unsure, unsure_weight
      FROM alone CROSS JOIN LATERAL ${EACH_SEGMENT}
      UNION ALL
      SELECT version, attribute, value, stratum_id, first_day, last_day, (weight IS NOT NULL)::int, weight, weight * weight,
        weight_score, weight * weight_score, weight_score * weight_score, weight, unsure, unsure_weight
      FROM unit
    )
    SELECT version, attribute, value, stratum_id AS "stratumId", min(first_day)::text AS "firstDay", max(last_day)::text AS "lastDay",
      sum(n)::int AS n, COALESCE(sum(w), 0) AS "sumW", COALESCE(sum(w2), 0) AS "sumW2", COALESCE(sum(wy), 0) AS "sumWY",
      COALESCE(sum(w2y), 0) AS "sumW2Y", COALESCE(sum(w2yy), 0) AS "sumW2YY", COALESCE(max(most), 0) AS "maxWeight",
      sum(unsure)::int AS "unsureN", COALESCE(sum(unsure_weight), 0) AS "unsureW"
    FROM part GROUP BY 1, 2, 3, 4`;
  return z.array(row).parse(rows).map(versionCell);
}

function versionCell({
  version,
  attribute,
  value,
  stratumId,
  firstDay,
  lastDay,
  unsureN,
  unsureW,
  ...sums
}: z.output<typeof row>): VersionCell {
  const cell = { stratumId, sums, unsure: { n: unsureN, sumW: unsureW } };
  return { version, attribute, value, firstDay, lastDay, cell };
}
