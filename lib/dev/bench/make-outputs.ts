import type pg from "pg";
import { newId } from "@/lib/core/id";
import type { PrismaClient, Project } from "@/lib/db/generated/client";
import { createDefaultPlan } from "@/lib/sampling/default-plan";
import { makePerson, makeProject } from "@/lib/testing/make-project";

export const FIRST_DAY = "2026-01-05";
export const DAYS = 182;
const BATCH = 100_000;
const RATE = 0.1;

/**
 * A project with half a year of outputs of which every tenth was drawn and nearly all of those judged, made in SQL. Every fiftieth is
 * flagged; one segment value and one flag occur once in 20,000 outputs.
 */
export async function makeOutputs(
  { db, pool }: { db: PrismaClient; pool: pg.Pool },
  outputs: number,
): Promise<Project> {
  const project = await makeProject(db);
  const projectId = project.id;
  const planId = await db.$transaction((tx) => createDefaultPlan(tx, projectId));
  const sourceId = newId();
  await db.source.create({ data: { projectId, id: sourceId, kind: "API", name: "bench" } });
  await makeFrame(pool, projectId, planId);
  for (let from = 0; from < outputs; from += BATCH)
    await insertOutputs(pool, {
      projectId,
      sourceId,
      from,
      to: Math.min(outputs, from + BATCH),
      all: outputs,
    });
  await makeSamples(pool, projectId);
  await makeReviews({ db, pool }, projectId);
  await makeCells(pool, projectId);
  return project;
}

async function makeFrame(pool: pg.Pool, projectId: string, planId: string): Promise<void> {
  await pool.query(
    `INSERT INTO stratum (project_id, id, phase, flagged) VALUES ($1::uuid, gen_random_uuid(), 'PRODUCTION', false)`,
    [projectId],
  );
  await pool.query(
    `INSERT INTO epoch (project_id, id, clock, starts_at, ends_at, plan_id, closed_at)
     SELECT $1::uuid, gen_random_uuid(), 'RECORDED', day, day + interval '1 day', $2::uuid, now()
     FROM generate_series($3::timestamptz, $3::timestamptz + ($4 - 1) * interval '1 day', interval '1 day') AS day`,
    [projectId, planId, `${FIRST_DAY}T00:00:00Z`, DAYS],
  );
  await pool.query(
    `INSERT INTO stratum_epoch (project_id, epoch_id, stratum_id, rate, target, effective_rate)
     SELECT $1::uuid, epoch.id, stratum.id, $2::float8, 50, $2::float8 FROM epoch, stratum
     WHERE epoch.project_id = $1::uuid AND stratum.project_id = $1`,
    [projectId, RATE],
  );
}

interface Batch {
  projectId: string;
  sourceId: string;
  from: number;
  to: number;
  all: number;
}

/** Documents of about 300 bytes with words of their own, as a text search has to read them. */
async function insertOutputs(pool: pg.Pool, { projectId, sourceId, from, to, all }: Batch): Promise<void> {
  await pool.query(
    `INSERT INTO output (project_id, id, external_id, source_id, phase, occurred_at, day, received_at, input, output, segments,
       model_name, model_version, content_hash, flags, epoch_id, stratum_id, random_number)
     SELECT $1::uuid, gen_random_uuid(), 'order-' || n, $2::uuid, 'PRODUCTION', at, at::date, at,
       jsonb_build_object('text', 'Message ' || n || ' ' || repeat(md5(n::text) || ' ', 5)), jsonb_build_object('label', 'l' || n % 9, 'why', md5((n + 1)::text)),
       jsonb_build_object('device', 'd' || n % 4, 'area', CASE WHEN n % 20000 = 7 THEN 'rare' ELSE 'a' || n % 7 END, 'kind', 'k' || n % 5),
       'model', '2026-' || (1 + n * 6 / $5::bigint), decode(md5(n::text), 'hex'),
       CASE WHEN n % 20000 = 0 THEN '{RARE_FLAG}' WHEN n % 50 = 0 THEN '{COMMON_FLAG}' ELSE '{}' END::text[],
       epoch.id, stratum.id, ((n * 7919) % 1000003) / 1000003.0
     FROM (SELECT n, $6::timestamptz + (n::float8 * $7::int / $5::bigint) * interval '1 day' AS at
       FROM generate_series($3::bigint, $4::bigint - 1) n) made
     JOIN epoch ON epoch.project_id = $1::uuid AND epoch.starts_at = date_trunc('day', made.at, 'UTC')
     JOIN stratum ON stratum.project_id = $1::uuid`,
    [projectId, sourceId, from, to, all, `${FIRST_DAY}T00:00:00Z`, DAYS],
  );
}

/** Nine of ten are right; the newest wait, and few could be judged by nobody. */
async function makeSamples(pool: pg.Pool, projectId: string): Promise<void> {
  await pool.query(
    `INSERT INTO sample (project_id, output_id, epoch_id, stratum_id, random_number, state, verdict, score, settled_by, settled_at)
     SELECT $1::uuid, id, epoch_id, stratum_id, random_number,
       CASE WHEN place < 200 THEN 'QUEUED' WHEN place % 1000 = 0 THEN 'UNSURE' ELSE 'SETTLED' END::sample_state,
       CASE WHEN place < 200 OR place % 1000 = 0 THEN NULL WHEN place % 10 = 5 THEN 'INCORRECT' ELSE 'CORRECT' END::verdict,
       CASE WHEN place < 200 OR place % 1000 = 0 THEN NULL ELSE (place % 10 <> 5)::int END,
       CASE WHEN place >= 200 AND place % 1000 <> 0 THEN 'review' END, CASE WHEN place >= 200 AND place % 1000 <> 0 THEN now() END
     FROM (SELECT *, row_number() OVER (ORDER BY occurred_at DESC) AS place FROM output
       WHERE project_id = $1::uuid AND random_number < $2) drawn`,
    [projectId, RATE],
  );
}

/** Of four people; one has judged little. */
async function makeReviews(
  { db, pool }: { db: PrismaClient; pool: pg.Pool },
  projectId: string,
): Promise<void> {
  const people: string[] = [];
  for (const name of ["Ada", "Ben", "Cleo", "Rare Rita"])
    people.push((await makePerson(db, { project: { id: projectId }, role: "REVIEWER", name })).id);
  const form = newId();
  await db.answerSchema.create({
    data: { projectId, id: form, version: 1, definition: {}, instructions: "" },
  });
  await pool.query(
    `WITH slot AS (
       INSERT INTO review_slot (project_id, id, output_id, look, order_key, state)
       SELECT project_id, gen_random_uuid(), output_id, 1, random_number, 'DONE' FROM sample
       WHERE project_id = $1::uuid AND state = 'SETTLED' RETURNING project_id, id, output_id)
     INSERT INTO review (project_id, id, output_id, slot_id, reviewer_id, revision, outcome, "primary", answer_schema_id, answer,
       computed_verdict, computed_score, verdict, score, submission_key)
     SELECT $1::uuid, gen_random_uuid(), slot.output_id, slot.id,
       ($2::uuid[])[CASE WHEN hashtext(slot.id::text) % 2000 = 0 THEN 4 ELSE 1 + abs(hashtext(slot.id::text)) % 3 END],
       1, 'ANSWERED', true, $3::uuid, '{}', sample.verdict, sample.score, sample.verdict, sample.score, gen_random_uuid()
     FROM slot JOIN sample ON sample.project_id = slot.project_id AND sample.output_id = slot.output_id`,
    [projectId, people, form],
  );
}

/** The traffic by month and segment, which the suggestions read. */
async function makeCells(pool: pg.Pool, projectId: string): Promise<void> {
  await pool.query(
    `INSERT INTO estimate_cell (project_id, phase, period_kind, period_start, attribute, value, stratum_id, observations, outputs,
       sum_weight, sum_weight2, sum_weight_score, sum_weight2_score, sum_weight2_score2, max_weight, unsure_outputs, unsure_weight,
       population, unaudited_population)
     SELECT $1::uuid, 'PRODUCTION', 'MONTH', date_trunc('month', day)::date, each.key, each.value, stratum_id, 0, 0,
       0, 0, 0, 0, 0, 1, 0, 0, count(*), 0
     FROM output, jsonb_each_text(segments) each WHERE project_id = $1::uuid GROUP BY 4, 5, 6, 7`,
    [projectId],
  );
  await pool.query("VACUUM ANALYZE output, sample, review, estimate_cell, stratum_epoch, epoch");
}
