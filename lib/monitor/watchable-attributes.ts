import type { Ctx } from "@/lib/core/ctx";
import { joinSegment } from "@/lib/incident/segment-part";
import * as z from "zod";
import type { WatchedAttribute } from "./schema";

const HISTORY_DAYS = 28;
const MOST_ATTRIBUTES = 200;

const attributeRow = z.object({ attribute: z.string(), values: z.number(), coverage: z.number() });

/** The attributes that production outputs of the last four weeks carry, those with few values first. */
export async function watchableAttributes(ctx: Ctx): Promise<WatchedAttribute[]> {
  const projectId = ctx.project.id;
  const rows = await ctx.db.$queryRaw`
    WITH recent AS (
      SELECT id FROM epoch WHERE project_id = ${projectId}::uuid AND starts_at > (
        SELECT max(starts_at) FROM epoch WHERE project_id = ${projectId}::uuid) - ${HISTORY_DAYS} * interval '1 day'
    ), counted AS (
      SELECT stratum_id, attribute, value, outputs FROM population_count
      WHERE project_id = ${projectId}::uuid AND epoch_id IN (SELECT id FROM recent)
      UNION ALL
      SELECT stratum_id, attribute, value, outputs FROM population_delta
      WHERE project_id = ${projectId}::uuid AND epoch_id IN (SELECT id FROM recent)
    ), placed AS (
      SELECT counted.attribute, counted.value, counted.outputs FROM counted
      JOIN stratum ON stratum.project_id = ${projectId}::uuid AND stratum.id = counted.stratum_id
      WHERE stratum.phase = 'PRODUCTION'
    )
    SELECT attribute, count(DISTINCT value)::int AS values,
      LEAST(1, sum(outputs)::double precision / (SELECT sum(outputs) FROM placed WHERE attribute = '')) AS coverage
    FROM placed WHERE attribute <> '' GROUP BY 1 ORDER BY 2, 1 LIMIT ${MOST_ATTRIBUTES}`;
  return z
    .array(attributeRow)
    .parse(rows)
    .map((row) => ({ ...row, attribute: joinSegment([{ attribute: row.attribute, value: "" }]).attribute }));
}
