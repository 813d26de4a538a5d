import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { columnList } from "@/lib/db/sql";
import * as z from "zod";
import { countStrataSql } from "./count-strata";
import { everyPeriod, freshCellsSql } from "./fresh-cells";

/** Sums of doubles differ in the last digits with the order of the rows. */
const ROUNDING = 1e-9;

const differenceRow = z.object({
  what: z.string(),
  stored: z.string().nullable(),
  recounted: z.string().nullable(),
});

export interface EstimateVerification {
  cells: number;
  strata: number;
  /** Marks of changes that no refresh has taken up yet: the numbers may differ until then. */
  pending: number;
  differences: z.output<typeof differenceRow>[];
}

/** Compares every stored cell and stratum of a project with a recount from raw rows; counts exactly, sums to nine digits. */
export async function verifyEstimates(db: Db, projectId: string): Promise<EstimateVerification> {
  const differences = [...(await compareStrata(db, projectId)), ...(await compareCells(db, projectId))];
  const counts = z.tuple([z.object({ cells: z.number(), strata: z.number(), pending: z.number() })]).parse(
    await db.$queryRaw`
        SELECT (SELECT count(*) FROM estimate_cell WHERE project_id = ${projectId}::uuid)::int AS cells,
          (SELECT count(*) FROM stratum_epoch WHERE project_id = ${projectId}::uuid)::int AS strata,
          (SELECT count(*) FROM dirty_epoch WHERE project_id = ${projectId}::uuid)::int AS pending`,
  );
  return { ...counts[0], differences };
}

async function compareStrata(db: Db, projectId: string) {
  const all = Prisma.sql`SELECT id FROM epoch WHERE project_id = ${projectId}::uuid`;
  const rows = await db.$queryRaw`
    SELECT 'stratum ' || stratum_id || ' in epoch ' || epoch_id AS what, stored::text, recounted::text
    FROM (SELECT epoch_id, stratum_id, ROW (effective_rate, population, candidates, processed, unsure) AS stored
      FROM stratum_epoch WHERE project_id = ${projectId}::uuid) kept
    FULL JOIN (SELECT epoch_id, stratum_id, ROW (effective_rate, population, candidates, processed, unsure) AS recounted
      FROM (${countStrataSql(projectId, all)}) counted) again USING (epoch_id, stratum_id)
    WHERE stored IS DISTINCT FROM recounted LIMIT 20`;
  return z.array(differenceRow).parse(rows);
}

async function compareCells(db: Db, projectId: string) {
  const key = columnList(["period_kind", "period_start", "attribute", "value", "phase", "stratum_id"]);
  const counts = columnList(["observations", "outputs", "unsure_outputs"]);
  const sums = Prisma.sql`ARRAY[sum_weight, sum_weight2, sum_weight_score, sum_weight2_score, sum_weight2_score2, max_weight,
    unsure_weight, population, unaudited_population]`;
  const rows = await db.$queryRaw`
    WITH ${freshCellsSql(projectId, everyPeriod(projectId))}
    SELECT 'cell ' || ROW (${key})::text AS what, kept.counts::text || kept.sums::text AS stored,
      again.counts::text || again.sums::text AS recounted
    FROM (SELECT ${key}, ROW (${counts}) AS counts, ${sums} AS sums FROM estimate_cell WHERE project_id = ${projectId}::uuid) kept
    FULL JOIN (SELECT ${key}, ROW (${counts}) AS counts, ${sums} AS sums FROM fresh) again USING (${key})
    WHERE kept.counts IS DISTINCT FROM again.counts OR EXISTS (
      SELECT 1 FROM unnest(kept.sums, again.sums) AS pair(a, b) WHERE NOT abs(a - b) <= ${ROUNDING} * (1 + abs(b)))
    LIMIT 20`;
  return z.array(differenceRow).parse(rows);
}
