import type pg from "pg";
import type { PrismaClient, Project } from "@/lib/db/generated/client";
import { countInputs } from "@/lib/drift/count-inputs";
import { openInputIncident } from "@/lib/incident/open-input-incident";
import { createAnswerSchema } from "@/lib/review/create-answer-schema";
import { contextFor, makePerson } from "@/lib/testing/make-project";
import { DAYS, makeReviewed, RELEASED } from "./make-reviewed";
import { RIGHT_OR_WRONG } from "./review-items";

const RATE = 0.1;
const REVIEWERS = 8;
const INCIDENTS = 60;
const DAY_MS = 86_400_000;

interface Database {
  db: PrismaClient;
  pool: pg.Pool;
}

/**
 * A project in its seventh month, up to today: of all outputs, every one a row, a tenth was drawn and reviewed by eight people. The
 * ledger, what was held back (one in two hundred), incidents and the audit log grow with it.
 */
export async function makeLarge(database: Database, reviewed: number): Promise<Project> {
  const { db, pool } = database;
  const firstDay = new Date(Date.now() - (DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
  const project = await makeReviewed(database, reviewed, { firstDay, rate: RATE, storesAll: true });
  await makeReleases(pool, project.id, firstDay);
  await makeReviews(database, project);
  await makeLedger(pool, project.id);
  await makeHeld(pool, project.id);
  await makeAudit(pool, project.id);
  await makeIncidents(db, project.id);
  await countInputs(db, project.id);
  await pool.query("VACUUM ANALYZE");
  return project;
}

/** Two model versions, as they were seen. */
async function makeReleases(pool: pg.Pool, projectId: string, firstDay: string): Promise<void> {
  await pool.query(
    `INSERT INTO release (project_id, id, model_name, model_version, live_at, origin)
     SELECT $1::uuid, gen_random_uuid(), 'orders', version, $2::timestamptz + at * interval '1 day', 'SEEN'
     FROM (VALUES ('1.0', 0), ('1.1', $3::int)) AS known(version, at)`,
    [projectId, `${firstDay}T00:00:00Z`, RELEASED],
  );
}

/** In the order in which they came, and with ids that grow with it, as the product's do. */
async function makeReviews({ db, pool }: Database, project: Project): Promise<void> {
  const form = await createAnswerSchema(contextFor(db, project), {
    definition: RIGHT_OR_WRONG,
    instructions: "Judge by the input alone.",
    baseVersion: 0,
  });
  const reviewers: string[] = [];
  for (let made = 0; made < REVIEWERS; made += 1)
    reviewers.push((await makePerson(db, { project, role: "REVIEWER" })).id);
  await pool.query(
    `WITH judged AS (
       SELECT sample.*, ($2::uuid[])[1 + abs(hashtext(output_id::text)) % $3::int] AS reviewer_id, gen_random_uuid() AS slot_id,
         output.occurred_at + interval '1 day' AS judged_at
       FROM sample JOIN output ON output.project_id = sample.project_id AND output.id = sample.output_id
       WHERE sample.project_id = $1::uuid AND sample.state = 'SETTLED'),
     slots AS (
       INSERT INTO review_slot (project_id, id, output_id, look, order_key, state, holder_id, lease_token, lease_expires_at)
       SELECT project_id, slot_id, output_id, 1, random_number, 'DONE', reviewer_id, gen_random_uuid(), judged_at FROM judged)
     INSERT INTO review (project_id, id, output_id, slot_id, reviewer_id, revision, outcome, "primary", answer_schema_id, answer,
       field_results, computed_score, computed_verdict, verdict, score, submission_key, active_ms, submitted_at)
     SELECT project_id, (lpad(to_hex((extract(epoch FROM judged_at) * 1000)::bigint), 12, '0') || '7' || substr(md5(output_id::text), 1, 3) ||
         '8' || substr(md5(output_id::text), 4, 15))::uuid, output_id, slot_id, reviewer_id, 1, 'ANSWERED', true, $4::uuid, '{"ok":true}', '[]', score, verdict,
       verdict, score, gen_random_uuid(), 14000, least(judged_at, now()) FROM judged ORDER BY judged_at`,
    [project.id, reviewers, REVIEWERS, form.id],
  );
}

/** What every hour brought, as it was counted. */
async function makeLedger(pool: pg.Pool, projectId: string): Promise<void> {
  await pool.query(
    `INSERT INTO ledger_hour (project_id, source_id, hour, received, accepted, flagged, duplicates, conflicts, quarantined, refused)
     SELECT project_id, source_id, hour, taken + 1, taken, 0, 0, 0, 1, 0
     FROM (SELECT project_id, source_id, day + each * interval '1 hour' AS hour, count(*) / 24 AS taken
       FROM output CROSS JOIN generate_series(0, 23) each WHERE project_id = $1::uuid GROUP BY 1, 2, 3) counted`,
    [projectId],
  );
}

async function makeHeld(pool: pg.Pool, projectId: string): Promise<void> {
  await pool.query(
    `INSERT INTO quarantine (project_id, id, source_id, received_at, external_id, reasons, first_code, raw, raw_length, raw_hash, contract_version)
     SELECT project_id, gen_random_uuid(), source_id, received_at, 'held-' || external_id,
       jsonb_build_array(jsonb_build_object('code', code, 'path', '/input/text')), code, convert_to('{"id":"' || external_id || '"}', 'UTF8'), 20,
       content_hash, 1
     FROM (SELECT *, (ARRAY['STRUCT_MISSING_FIELD', 'TYPE_MISMATCH', 'VALUE_UNSEEN_LABEL'])[1 + abs(hashtext(external_id)) % 3] AS code
       FROM output WHERE project_id = $1::uuid AND random_number < 0.005) held`,
    [projectId],
  );
}

/** One line for each review, as a busy project has. */
async function makeAudit(pool: pg.Pool, projectId: string): Promise<void> {
  await pool.query(
    `INSERT INTO audit_event (at, project_id, actor_kind, actor_id, action, object_kind, object_id)
     SELECT submitted_at, project_id, 'user', reviewer_id, 'review.submit', 'review', id FROM review WHERE project_id = $1::uuid`,
    [projectId],
  );
}

async function makeIncidents(db: PrismaClient, projectId: string): Promise<void> {
  for (let made = 0; made < INCIDENTS; made += 1) {
    const since = new Date(Date.now() - (INCIDENTS - made) * 3 * DAY_MS).toISOString();
    const facts = {
      title: "Nothing arrived",
      finding: "Nothing arrived for three hours.",
      since,
      severity: "high" as const,
      numbers: [],
    };
    await db.$transaction((tx) =>
      openInputIncident(tx, { projectId }, { kind: "no_data", subject: "", facts }),
    );
    if (made < INCIDENTS - 2)
      await db.$executeRaw`UPDATE incident SET state = 'RESOLVED', resolved_at = now() WHERE project_id = ${projectId}::uuid`;
  }
}
