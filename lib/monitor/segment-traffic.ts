import type { Ctx } from "@/lib/core/ctx";
import { joinSegment } from "@/lib/incident/segment-part";
import * as z from "zod";
import { watchedNames } from "./schema";

const HISTORY_DAYS = 28;
/** Pairs are not counted at ingest: they are read off the newest outputs. */
const NEWEST_OUTPUTS = 20_000;
const MOST_ROWS = 5_000;

const trafficRow = z.object({
  attribute: z.string(),
  value: z.string(),
  stratumAttribute: z.string(),
  stratumValue: z.string(),
  flagged: z.boolean(),
  share: z.number(),
});

/** The part of all production outputs that belongs to a segment and was drawn in one stratum. */
export type SegmentTraffic = z.output<typeof trafficRow>;

/** Where the outputs of the last four weeks belong: the overall stream, and every value of the attributes and pairs. */
export async function readSegmentTraffic(ctx: Ctx, attributes: readonly string[]): Promise<SegmentTraffic[]> {
  const pairs = attributes.filter((key) => watchedNames(key).length > 1);
  const counted = await readCounted(
    ctx,
    attributes.filter((key) => !pairs.includes(key)).flatMap(watchedNames),
  );
  const crossed = await Promise.all(pairs.map((pair) => readPair(ctx, pair)));
  return [...counted, ...crossed.flat()];
}

async function readCounted(ctx: Ctx, names: readonly string[]): Promise<SegmentTraffic[]> {
  const projectId = ctx.project.id;
  const rows = await ctx.db.$queryRaw`
    WITH recent AS (
      SELECT id FROM epoch WHERE project_id = ${projectId}::uuid AND starts_at > (
        SELECT max(starts_at) FROM epoch WHERE project_id = ${projectId}::uuid) - ${HISTORY_DAYS} * interval '1 day'
    ), counted AS (
      SELECT epoch_id, stratum_id, attribute, value, outputs FROM population_count
      WHERE project_id = ${projectId}::uuid AND (attribute = '' OR attribute = ANY(${names}))
      UNION ALL
      SELECT epoch_id, stratum_id, attribute, value, outputs FROM population_delta
      WHERE project_id = ${projectId}::uuid AND (attribute = '' OR attribute = ANY(${names}))
    ), placed AS (
      SELECT counted.attribute, counted.value, stratum.attribute AS "stratumAttribute", stratum.value AS "stratumValue",
        stratum.flagged, sum(outputs)::double precision AS outputs
      FROM counted JOIN stratum ON stratum.project_id = ${projectId}::uuid AND stratum.id = counted.stratum_id
      WHERE epoch_id IN (SELECT id FROM recent) AND stratum.phase = 'PRODUCTION'
      GROUP BY 1, 2, 3, 4, 5
    )
    SELECT attribute, value, "stratumAttribute", "stratumValue", flagged,
      outputs / (SELECT sum(outputs) FROM placed WHERE attribute = '') AS share
    FROM placed ORDER BY outputs DESC LIMIT ${MOST_ROWS}`;
  return z
    .array(trafficRow)
    .parse(rows)
    .map((row) => ({ ...row, ...(row.attribute === "" ? {} : joinSegment([row])) }));
}

async function readPair(ctx: Ctx, key: string): Promise<SegmentTraffic[]> {
  const projectId = ctx.project.id;
  const names = watchedNames(key);
  const rows = await ctx.db.$queryRaw`
    WITH newest AS (
      SELECT segments, stratum_id, cardinality(flags) > 0 AS flagged FROM output
      WHERE project_id = ${projectId}::uuid AND phase = 'PRODUCTION' ORDER BY id DESC LIMIT ${NEWEST_OUTPUTS}
    )
    SELECT ${key} AS attribute, jsonb_build_array(segments -> ${names[0] ?? ""}, segments -> ${names[1] ?? ""})::text AS value,
      stratum.attribute AS "stratumAttribute", stratum.value AS "stratumValue", stratum.flagged,
      count(*)::double precision / (SELECT count(*) FROM newest) AS share
    FROM newest JOIN stratum ON stratum.project_id = ${projectId}::uuid AND stratum.id = newest.stratum_id
    WHERE segments ?& ${names}
    GROUP BY 2, 3, 4, 5 ORDER BY share DESC LIMIT ${MOST_ROWS}`;
  return z
    .array(trafficRow)
    .parse(rows)
    .map((row) => ({ ...row, value: JSON.stringify(JSON.parse(row.value)) }));
}
