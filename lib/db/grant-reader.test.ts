import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, expect, test } from "vitest";
import { accuracySeries } from "@/lib/estimate/queries";
import { refreshEstimate } from "@/lib/estimate/refresh-estimate";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import { testDatabase } from "@/lib/testing/database";
import { workQueue } from "@/lib/testing/judge-samples";
import { contextFor } from "@/lib/testing/make-project";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { grantReader } from "./grant-reader";

const { db, pool, url } = await testDatabase();
const role = `assay_test_reader_${process.pid}`;
const password = randomBytes(24).toString("base64url");
const owner = await pool.connect();
await grantReader(owner, role, password);
const address = new URL(url);
address.username = role;
address.password = password;
const reader = new Client({ connectionString: address.href });
await reader.connect();
afterAll(async () => {
  await reader.end();
  await owner.query(`REVOKE SELECT ON ALL TABLES IN SCHEMA assay_read FROM ${role}`);
  await owner.query(`REVOKE USAGE ON SCHEMA assay_read FROM ${role}`);
  await owner.query(`DROP ROLE ${role}`);
  owner.release();
});

test("accuracy from the views is that of the product, by the samples as by the daily cells", async () => {
  const plan = { reviewsPerWeek: 700, expectedPerDay: 60, attribute: "country", flaggedFactor: 4 };
  const sampled = await makeSampledProject(db, { plan });
  const { project } = sampled;
  const outputs = Array.from({ length: 600 }, (_, i) => ({
    externalId: `o${i}`,
    instant: new Date(Date.UTC(2026, 2, 2 + (i % 10), 9)),
    segments: { country: i % 3 === 0 ? "fr" : "de" },
    flagged: i % 5 === 0,
    sourceProbability: i % 4 === 0 ? 0.5 : 1,
  }));
  await storeOutputs({ db, pool }, sampled, outputs);
  await closeEpochs(db, project.id, "RECORDED", new Date("2026-03-16T00:00:00Z"));
  await workQueue(db, project.id, 400, (id) => (Number(id.slice(1)) % 7 === 0 ? 0 : 1));
  await refreshEstimate(db, project.id);
  const ctx = contextFor(db, project, undefined, new Date("2026-03-31T00:00:00Z"));
  const series = await accuracySeries(ctx, { periodKind: "month", from: "2026-03-01", to: "2026-03-31" });
  const shown = series.points[0]?.estimate;
  const { rows } = await reader.query(ACCURACY, [project.id]);
  expect(shown?.n).toBeGreaterThan(60);
  expect(rows[0]?.strata).toBe("4");
  expect(Number(rows[0]?.fewest)).toBeGreaterThanOrEqual(5);
  expect(Number(rows[0]?.by_samples)).toBeCloseTo(shown?.mean ?? 0, 9);
  expect(Number(rows[0]?.by_cells)).toBeCloseTo(shown?.mean ?? 0, 9);
  expect(Number(rows[0]?.plain)).not.toBeCloseTo(shown?.mean ?? 0, 4);
  const seen = await reader.query(
    "SELECT count(*)::int AS reviews FROM assay_read.reviews WHERE project_id = $1",
    [project.id],
  );
  expect(seen.rows[0]).toEqual({ reviews: await db.review.count({ where: { projectId: project.id } }) });
});

/** Strata with fewer than five observations would have to be taken together; here there are none. */
const ACCURACY = `
  WITH cell AS (
    SELECT stratum_id, sum(observations) AS n, sum(sum_weight) AS w, sum(sum_weight_score) AS wy,
      GREATEST(sum(population - unaudited_population), sum(observations)) AS audited
    FROM assay_read.daily_cells WHERE project_id = $1 AND phase = 'production' AND attribute = '' GROUP BY 1 HAVING sum(observations) > 0
  ), drawn AS (
    SELECT stratum_id, sum(design_weight * score) / sum(design_weight) AS mean FROM assay_read.samples
    WHERE project_id = $1 AND phase = 'production' AND counted GROUP BY 1
  )
  SELECT count(*) AS strata, min(n) AS fewest, sum(audited * wy / w) / sum(audited) AS by_cells,
    sum(audited * drawn.mean) / sum(audited) AS by_samples,
    (SELECT avg(score) FROM assay_read.samples WHERE project_id = $1 AND counted) AS plain
  FROM cell JOIN drawn USING (stratum_id)`;

const READABLE = `
  SELECT n.nspname || '.' || c.relname AS name, c.relkind = 'v' AND n.nspname = 'assay_read' AS shared,
    has_schema_privilege($1, n.oid, 'USAGE') AND has_table_privilege($1, c.oid, 'SELECT') AS reads,
    has_table_privilege($1, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE') AS writes
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1`;

async function wrongRights(): Promise<{ looked: number; wrong: string[] }> {
  const { rows } = await owner.query<{ name: string; shared: boolean; reads: boolean; writes: boolean }>(
    READABLE,
    [role],
  );
  return {
    looked: rows.length,
    wrong: rows.filter((row) => row.reads !== row.shared || row.writes).map(({ name }) => name),
  };
}

test("the role reads the views and nothing else, and writes nothing; a grant too many is seen", async () => {
  const { looked, wrong } = await wrongRights();
  expect(wrong).toEqual([]);
  expect(looked).toBeGreaterThan(60);
  for (const statement of [
    "SELECT input FROM public.output LIMIT 1",
    "SELECT * FROM public.user_account",
    "SELECT * FROM graphile_worker._private_jobs",
    "UPDATE assay_read.projects SET name = 'x'",
    "CREATE TABLE public.mine (id int)",
    "CREATE VIEW assay_read.mine AS SELECT 1",
    "SELECT graphile_worker.add_job('catch-up')",
  ]) {
    await expect(reader.query(`BEGIN READ WRITE; ${statement}`), statement).rejects.toThrow(
      /permission denied/,
    );
    await reader.query("ROLLBACK");
  }
  await owner.query(`GRANT SELECT ON public.user_account TO ${role}`);
  expect((await wrongRights()).wrong).toEqual(["public.user_account"]);
  await owner.query(`REVOKE SELECT ON public.user_account FROM ${role}`);
});

test("every view names its project, every column says what it is, and none holds what people wrote", async () => {
  const { rows } = await reader.query<{ view: string; name: string; said: string | null }>(
    `SELECT c.relname AS view, a.attname AS name, col_description(c.oid, a.attnum) AS said
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
     WHERE n.nspname = 'assay_read' ORDER BY 1, a.attnum`,
  );
  const views = new Set(rows.map(({ view }) => view));
  expect([...views]).toEqual([
    "daily_cells",
    "incidents",
    "ledger",
    "outputs",
    "projects",
    "reviews",
    "samples",
  ]);
  for (const view of views) expect(rows.filter((row) => row.view === view)[0]?.name, view).toBe("project_id");
  expect(rows.filter(({ said }) => !said)).toEqual([]);
  const hidden = [
    "input",
    "output",
    "answer",
    "comment",
    "correction",
    "reason",
    "raw",
    "email",
    "token_hash",
  ];
  expect(rows.filter(({ name }) => hidden.includes(name))).toEqual([]);
});

test("names that could be read as SQL are refused", async () => {
  await expect(grantReader(owner, "x; DROP TABLE output", password)).rejects.toThrow(RangeError);
  await expect(grantReader(owner, role, "' SUPERUSER PASSWORD 'xxxxxxxxxxxxxxx")).rejects.toThrow(RangeError);
});
