import { expect, test } from "vitest";
import type { PrismaClient } from "@/lib/db/generated/client";
import { refreshEstimate } from "@/lib/estimate/refresh-estimate";
import { seededRandom } from "@/lib/stats/testing/seeded-random";
import { judgeSample } from "@/lib/testing/judge-samples";
import { testDatabase } from "@/lib/testing/database";
import { type CohortOutput, labelSamples, makeCohortProject } from "@/lib/testing/make-cohort-project";
import { makeMonitorPlan } from "@/lib/testing/make-monitor";
import { withFaults } from "@/lib/testing/with-fault";
import { closeCohorts } from "./close-cohorts";
import { evaluateMonitors } from "./evaluate-monitors";

const { db, pool } = await testDatabase();
const DAYS = 4;
const PER_DAY = 10;

/** Everything is labelled, and nothing is closed. */
async function labelled() {
  const outputs = Array.from(
    { length: DAYS * PER_DAY },
    (_, at): CohortOutput => ({
      externalId: `o${at}`,
      day: at % DAYS,
      randomNumber: (at + 0.5) / (DAYS * PER_DAY),
      segments: { device: at % 3 ? "ios" : "web" },
    }),
  );
  const { projectId, project } = await makeCohortProject(db, { days: DAYS, outputs });
  await makeMonitorPlan(db, project, { attributes: ["device"], boundary: 0.9, threshold: 50 });
  await labelSamples(
    db,
    projectId,
    outputs.map(({ externalId }) => ({ externalId, score: 1 })),
  );
  return { projectId, outputs };
}

/** Labels change while evaluations run beside each other; a last evaluation then finds everything that it has to. */
async function changeWhileEvaluating(seed: number) {
  const { projectId, outputs } = await labelled();
  let working = 2;
  const change = async (worker: number) => {
    const random = seededRandom(seed * 10 + worker);
    for (let change = 0; change < 25; change += 1) {
      const externalId = `o${Math.floor(random() * outputs.length)}`;
      await labelSamples(db, projectId, [{ externalId, score: random() < 0.5 ? 0 : 1 }]);
    }
    working -= 1;
  };
  const evaluate = async () => {
    while (working > 0) await evaluateMonitors(db, projectId);
  };
  await Promise.all([change(1), change(2), evaluate(), evaluate()]);
  await evaluateMonitors(db, projectId);
  return projectId;
}

/** Labels that reviewers have changed and cohorts have not heard of. */
async function lostChanges(projectId: string): Promise<number> {
  const rows = await db.$queryRaw<[{ count: number }]>`
    SELECT count(*)::int FROM cohort_label label JOIN sample USING (project_id, output_id)
    WHERE project_id = ${projectId}::uuid AND label.score IS DISTINCT FROM sample.score`;
  return rows[0].count;
}

async function states(projectId: string): Promise<string> {
  const rows = await db.detectorCheckpoint.findMany({
    where: { projectId },
    orderBy: [{ attribute: "asc" }, { value: "asc" }, { sequence: "asc" }],
  });
  return JSON.stringify(rows);
}

test("no change is lost between reviews and evaluations that run at the same time", async () => {
  for (let seed = 1; seed <= 3; seed += 1) {
    const projectId = await changeWhileEvaluating(seed);
    expect(await lostChanges(projectId)).toBe(0);
    const before = await states(projectId);
    await db.$transaction([
      db.detectorCheckpoint.deleteMany({ where: { projectId } }),
      db.monitorRun.updateMany({ where: { projectId }, data: { fedSequence: 0 } }),
    ]);
    await evaluateMonitors(db, projectId);
    expect(await states(projectId)).toBe(before);
  }
});

/** A label changes when an evaluation has taken the marks away and read, and has not committed yet. */
async function changeInBetween(client: PrismaClient): Promise<number> {
  const { projectId } = await labelled();
  await evaluateMonitors(db, projectId);
  await db.epoch.updateMany({ where: { projectId }, data: { evaluate: true } });
  const sample = await db.sample.findFirstOrThrow({ where: { projectId } });
  let changing: Promise<unknown> = Promise.resolve();
  await db.$transaction(async (tx) => {
    await closeCohorts(tx, projectId);
    await judgeSample(db, sample, 0);
    changing = refreshEstimate(client, projectId);
    await Promise.race([changing, somebodyWaits()]);
  });
  await changing;
  await evaluateMonitors(db, projectId);
  return lostChanges(projectId);
}

async function somebodyWaits(): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ waiting: boolean }>(
      "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS waiting",
    );
    if (rows[0]?.waiting) return;
  }
}

test("a change in the middle of an evaluation waits for it and is seen by the next; a mark that is only set when it is not there is lost", async () => {
  expect(await changeInBetween(db)).toBe(0);
  const fault = {
    statement: "UPDATE epoch SET evaluate = true",
    from: "UPDATE epoch SET evaluate = true WHERE",
    to: "UPDATE epoch SET evaluate = true WHERE NOT evaluate AND",
  };
  expect(await changeInBetween(withFaults(db, [fault]))).toBe(1);
});
