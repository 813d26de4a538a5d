import type pg from "pg";
import { newId } from "@/lib/core/id";
import type { PrismaClient, Project } from "@/lib/db/generated/client";
import { refreshEstimate } from "@/lib/estimate/refresh-estimate";
import { createDefaultPlan } from "@/lib/sampling/default-plan";
import { makeProject } from "@/lib/testing/make-project";

export const FIRST_DAY = "2026-01-05";
export const DAYS = 182;
/** The day from which on the second model version answers. */
export const RELEASED = 140;
const WAITING = 60;
/** As long as the product serves what waits, by its first plan; older samples are withdrawn. */
const SERVED_DAYS = 14;

/** Of the outputs that were not drawn: only their number is kept, or each is a row as in the product. */
export interface TrafficShape {
  firstDay: string;
  /** Share of all that is drawn. */
  rate: number;
  storesAll: boolean;
}

const COUNTED_ONLY: TrafficShape = { firstDay: FIRST_DAY, rate: 0.2, storesAll: false };

/**
 * A project with half a year of traffic of which `reviewed` outputs were judged, in 16 values of three attributes; rows are made in
 * SQL, the cells by the product's own refresh, month by month.
 */
export async function makeReviewed(
  { db, pool }: { db: PrismaClient; pool: pg.Pool },
  reviewed: number,
  shape: TrafficShape = COUNTED_ONLY,
): Promise<Project> {
  const project = await makeProject(db);
  const projectId = project.id;
  const outputs = shape.storesAll ? Math.round(reviewed / shape.rate) : reviewed;
  const planId = await db.$transaction((tx) => createDefaultPlan(tx, projectId));
  const sourceId = newId();
  await db.source.create({ data: { projectId, id: sourceId, kind: "API", name: "bench" } });
  await makeFrame(pool, projectId, planId, shape);
  for (let from = 0; from < outputs; from += 50_000) {
    const part = { from, to: Math.min(outputs, from + 50_000), all: outputs };
    await makeOutputs(pool, { projectId, sourceId, shape }, part);
  }
  await pool.query("ANALYZE output, epoch, stratum_epoch");
  await makeCounts(pool, projectId, shape);
  await makeSamples(pool, projectId, shape);
  await pool.query("ANALYZE sample, population_count, review_slot");
  for (let month = 1; month <= 12; month += 1) {
    await pool.query(
      `INSERT INTO dirty_epoch (project_id, epoch_id)
       SELECT project_id, id FROM epoch WHERE project_id = $1::uuid AND extract(month FROM starts_at) = $2`,
      [projectId, month],
    );
    await refreshEstimate(db, projectId);
  }
  await pool.query("VACUUM ANALYZE estimate_cell");
  return project;
}

async function makeFrame(
  pool: pg.Pool,
  projectId: string,
  planId: string,
  { firstDay, rate }: TrafficShape,
): Promise<void> {
  await pool.query(
    `INSERT INTO stratum (project_id, id, phase, flagged)
     SELECT $1::uuid, gen_random_uuid(), phase::phase, flagged FROM (VALUES ('PILOT', false), ('PRODUCTION', false), ('PRODUCTION', true)) AS s(phase, flagged)`,
    [projectId],
  );
  await pool.query(
    `INSERT INTO epoch (project_id, id, clock, starts_at, ends_at, plan_id, closed_at)
     SELECT $1::uuid, gen_random_uuid(), 'RECORDED', day, day + interval '1 day', $2::uuid, now()
     FROM generate_series($3::timestamptz, $3::timestamptz + ($4 - 1) * interval '1 day', interval '1 day') AS day`,
    [projectId, planId, `${firstDay}T00:00:00Z`, DAYS],
  );
  await pool.query(
    `INSERT INTO stratum_epoch (project_id, epoch_id, stratum_id, rate, target, effective_rate)
     SELECT $1::uuid, epoch.id, stratum.id, $2::float8, 50, $2::float8 FROM epoch, stratum WHERE epoch.project_id = $1::uuid AND stratum.project_id = $1`,
    [projectId, rate],
  );
}

/** Four weeks of pilot, then production; every twentieth is flagged. Ids grow with the time of arrival, as the product's do. */
async function makeOutputs(
  pool: pg.Pool,
  { projectId, sourceId, shape }: { projectId: string; sourceId: string; shape: TrafficShape },
  { from, to, all }: { from: number; to: number; all: number },
): Promise<void> {
  await pool.query(
    `INSERT INTO output (project_id, id, external_id, source_id, phase, occurred_at, day, received_at, input, output, segments,
       model_name, model_version, content_hash, flags, epoch_id, stratum_id, random_number)
     SELECT $1::uuid, (lpad(to_hex((extract(epoch FROM epoch.starts_at + interval '12 hours') * 1000)::bigint), 12, '0') || '7' ||
         substr(md5('a' || n), 1, 3) || '8' || substr(md5('b' || n), 1, 15))::uuid,
       'o' || n, $2::uuid, stratum.phase, epoch.starts_at + interval '12 hours', epoch.starts_at::date, epoch.starts_at + interval '12 hours',
       jsonb_build_object('text', 'Order ' || n % 1000), jsonb_build_object('label', 'l' || n % 3), jsonb_build_object('device', 'd' || n % 4, 'area', 'a' || n % 7, 'kind', 'k' || n % 5),
       'orders', CASE WHEN n * $8::bigint / $5::bigint < $9 THEN '1.0' ELSE '1.1' END, decode(md5(n::text), 'hex'), '{}', epoch.id, stratum.id, ((n * 7919) % 1000003) / 1000003.0 * $6::float8
     FROM generate_series($3::bigint, $4::bigint - 1) n
     JOIN epoch ON epoch.project_id = $1::uuid AND epoch.starts_at = $7::timestamptz + (n * $8::bigint / $5::bigint) * interval '1 day'
     JOIN stratum ON stratum.project_id = $1::uuid
       AND stratum.phase = CASE WHEN n * $8::bigint / $5::bigint < 28 THEN 'PILOT' ELSE 'PRODUCTION' END::phase
       AND stratum.flagged = (n * $8::bigint / $5::bigint >= 28 AND n % 20 = 0)`,
    [
      projectId,
      sourceId,
      from,
      to,
      all,
      shape.storesAll ? 1 : shape.rate,
      `${shape.firstDay}T00:00:00Z`,
      DAYS,
      RELEASED,
    ],
  );
}

async function makeCounts(
  pool: pg.Pool,
  projectId: string,
  { rate, storesAll }: TrafficShape,
): Promise<void> {
  await pool.query(
    `INSERT INTO population_count (project_id, epoch_id, stratum_id, day, attribute, value, outputs, weight)
     SELECT $1::uuid, epoch_id, stratum_id, day, place.attribute, place.value, count(*) * $2::int, count(*) * $2::int
     FROM output CROSS JOIN LATERAL (SELECT '' AS attribute, '' AS value
       UNION ALL SELECT key, each.value FROM jsonb_each_text(segments) each) place
     WHERE project_id = $1::uuid GROUP BY 1, 2, 3, 4, 5, 6`,
    [projectId, storesAll ? 1 : Math.round(1 / rate)],
  );
}

/** Nine of ten are right; the queue holds as many waiting samples of the last days whatever the size. */
async function makeSamples(pool: pg.Pool, projectId: string, { rate }: TrafficShape): Promise<void> {
  await pool.query(
    `INSERT INTO sample (project_id, output_id, epoch_id, stratum_id, random_number, state, verdict, score, settled_by, settled_at)
     SELECT project_id, id, epoch_id, stratum_id, random_number, 'SETTLED',
       CASE WHEN right_one THEN 'CORRECT' ELSE 'INCORRECT' END::verdict, right_one::int, 'review', now()
     FROM (SELECT *, hashtext(external_id) % 10 <> 0 AS right_one FROM output
       WHERE project_id = $1 AND random_number < $2::float8) output`,
    [projectId, rate],
  );
  await pool.query(
    `WITH waiting AS (
       UPDATE sample SET state = 'QUEUED', verdict = NULL, score = NULL, settled_by = NULL, settled_at = NULL
       WHERE project_id = $1::uuid AND output_id IN (
         SELECT output_id FROM sample JOIN epoch ON epoch.project_id = sample.project_id AND epoch.id = sample.epoch_id
         WHERE sample.project_id = $1::uuid AND starts_at > (SELECT max(starts_at) FROM epoch WHERE project_id = $1::uuid) - $4 * interval '1 day'
         ORDER BY random_number DESC LIMIT $2)
       RETURNING output_id, random_number)
     INSERT INTO review_slot (project_id, id, output_id, look, order_key)
     SELECT $1::uuid, gen_random_uuid(), output_id, 1, random_number / $3::float8 FROM waiting`,
    [projectId, WAITING, rate, SERVED_DAYS],
  );
}
