import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { createClient } from "@/lib/db/client";
import type { PrismaClient } from "@/lib/db/generated/client";
import { createPool } from "@/lib/db/pool";
import { prepareDatabase } from "@/lib/db/prepare-database";
import { startEmbeddedPostgres } from "@/lib/dev/embedded-postgres";
import { evaluateMonitors } from "@/lib/monitor/evaluate-monitors";
import { seededRandom } from "@/lib/stats/testing/seeded-random";
import { type CohortOutput, labelSamples, makeCohortProject } from "@/lib/testing/make-cohort-project";
import { makeMonitorPlan } from "@/lib/testing/make-monitor";
import type { BenchSection } from "./section";

const ROUNDS = 3;
const REVIEWS = 10_000;
const DAYS = 14;
const ATTRIBUTES = 5;
const VALUES = 200;
/** So many of the segments are bad. */
const BAD_VALUES = 10;

interface Round {
  segments: number;
  checkpoints: number;
  incidents: number;
  evaluate: number;
  again: number;
  read: number;
}

/** Two weeks of reviews that are evaluated at once, and the same rows read once more without any of it. */
export async function benchMonitor(): Promise<BenchSection> {
  const dataDir = mkdtempSync(join(tmpdir(), "assay-bench-monitor-"));
  const server = await startEmbeddedPostgres({ dataDir });
  try {
    await prepareDatabase(server.url);
    const pool = createPool(server.url, "job", 6);
    const db = createClient(pool);
    const rounds: Round[] = [];
    for (let seed = 0; seed <= ROUNDS; seed += 1) {
      const round = await measure({ db, pool }, seed);
      process.stdout.write(`${JSON.stringify(round)}\n`);
      // The first one warms up.
      if (seed > 0) rounds.push(round);
    }
    await db.$disconnect();
    await pool.end();
    return section(rounds);
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure({ db, pool }: { db: PrismaClient; pool: pg.Pool }, seed: number): Promise<Round> {
  const projectId = await makeReviews(db, seed);
  await pool.query("ANALYZE");
  const evaluate = await milliseconds(() => evaluateMonitors(db, projectId));
  const again = await milliseconds(() => evaluateMonitors(db, projectId));
  const read = await milliseconds(() => readPlainly(pool, projectId));
  const { rows } = await pool.query<Pick<Round, "segments" | "checkpoints" | "incidents">>(
    `SELECT count(DISTINCT (attribute, value))::int AS segments, count(*)::int AS checkpoints,
       (SELECT count(*)::int FROM incident WHERE project_id = $1) AS incidents
     FROM detector_checkpoint WHERE project_id = $1`,
    [projectId],
  );
  const counts = rows[0] ?? { segments: 0, checkpoints: 0, incidents: 0 };
  return { ...counts, evaluate, again, read };
}

async function makeReviews(db: PrismaClient, seed: number): Promise<string> {
  const random = seededRandom(seed);
  const value = () => `v${Math.floor(random() * VALUES)}`;
  const outputs = Array.from(
    { length: REVIEWS },
    (_, at): CohortOutput => ({
      externalId: `o${at}`,
      day: at % DAYS,
      randomNumber: random(),
      segments: Object.fromEntries(Array.from({ length: ATTRIBUTES }, (__, each) => [`a${each}`, value()])),
    }),
  );
  const { projectId, project } = await makeCohortProject(db, { days: DAYS, outputs });
  const attributes = Array.from({ length: ATTRIBUTES }, (_, each) => `a${each}`);
  const threshold = (2 * (1 + ATTRIBUTES) * REVIEWS * 365) / DAYS;
  await makeMonitorPlan(db, project, { attributes, boundary: 0.93, threshold });
  const isBad = ({ segments }: CohortOutput) => Number(segments?.a0?.slice(1)) < BAD_VALUES;
  await labelSamples(
    db,
    projectId,
    outputs.map((output) => ({
      externalId: output.externalId,
      score: random() < (isBad(output) ? 0.4 : 0.95) ? 1 : 0,
    })),
  );
  return projectId;
}

/** What has to be read in any case: the labels with their outputs, and where the detectors stand. */
async function readPlainly(pool: pg.Pool, projectId: string): Promise<void> {
  await pool.query(
    `SELECT label.*, output.external_id, output.cluster, output.segments FROM cohort_label label
     JOIN output ON output.project_id = label.project_id AND output.id = label.output_id WHERE label.project_id = $1`,
    [projectId],
  );
  await pool.query("SELECT * FROM detector_checkpoint WHERE project_id = $1", [projectId]);
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function section(rounds: readonly Round[]): BenchSection {
  const middle = (of: (round: Round) => number) =>
    [...rounds].map(of).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? 0;
  const [evaluate, read, again] = [middle((r) => r.evaluate), middle((r) => r.read), middle((r) => r.again)];
  const row = (what: string, ms: number) => [
    what,
    `${(ms / 1000).toFixed(2)} s`,
    `× ${(ms / read).toFixed(1)}`,
  ];
  return {
    title: "Monitors: evaluation",
    note:
      `${REVIEWS.toLocaleString("en-GB")} new reviews of ${DAYS} days in ${middle((r) => r.segments)} segments (all outputs and ${ATTRIBUTES} attributes with ${VALUES} values each): ` +
      `cohorts closed, ${middle((r) => r.checkpoints).toLocaleString("en-GB")} checkpoints and ${middle((r) => r.incidents)} incidents written, durable commits. ` +
      `Median of ${ROUNDS} rounds; aim: under 10 s. The plain read fetches the labels with their outputs and the checkpoints in two selects over the bare driver.`,
    columns: ["what", "time", "of the plain read"],
    rows: [
      row("plain read", read),
      row("evaluation", evaluate),
      row("evaluation again, with nothing new", again),
    ],
  };
}
