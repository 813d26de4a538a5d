import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { seededRandom } from "@/lib/stats/testing/seeded-random";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { type CohortOutput, labelSamples, makeCohortProject } from "@/lib/testing/make-cohort-project";
import { makeMonitorPlan } from "@/lib/testing/make-monitor";
import { withFaults } from "@/lib/testing/with-fault";
import { closeCohorts } from "./close-cohorts";
import { evaluateMonitors } from "./evaluate-monitors";
import type { EvaluatorMessage } from "./testing/evaluator-process";

const { db, pool, url } = await testDatabase();
const ENTRY = fileURLToPath(new URL("./testing/evaluator-process.ts", import.meta.url));
const EVALUATORS = 4;
const KILLS = 20;
/** With the whole stream: 500 segments, and all of them are bad. */
const VALUES = 499;
const COHORTS = 40;
/** Every segment has outputs in one cohort of so many. */
const TURNS = 5;

/** Everything is labelled and marked, nothing closed or fed. */
async function breached({ values = VALUES, cohorts = COHORTS, threshold = 10_000 } = {}) {
  const outputs: CohortOutput[] = [];
  for (let day = 0; day < cohorts; day += 1) {
    for (let value = day % TURNS; value < values; value += TURNS)
      outputs.push({
        externalId: `o${day}-${value}`,
        day,
        randomNumber: (value + 0.5) / values,
        segments: { unit: `u${value}` },
      });
  }
  const { projectId, project } = await makeCohortProject(db, { days: cohorts, outputs });
  await makeMonitorPlan(db, project, { attributes: ["unit"], boundary: 0.9, threshold });
  await labelSamples(
    db,
    projectId,
    outputs.map(({ externalId }) => ({ externalId, score: 0 })),
  );
  return projectId;
}

/** Everything about incidents and states but ids and times, in one order. */
async function outcome(projectId: string) {
  const incidents = await db.incident.findMany({
    where: { projectId },
    orderBy: [{ attribute: "asc" }, { value: "asc" }, { alarmSequence: "asc" }],
    include: { events: { orderBy: { id: "asc" } } },
  });
  const states = await pool.query<{ digest: string }>(
    `SELECT md5(string_agg(row(attribute, value, sequence, observations, state, log_evidence, peak, alarms)::text, '|'
       ORDER BY attribute, value, sequence)) AS digest FROM detector_checkpoint WHERE project_id = $1`,
    [projectId],
  );
  return {
    states: states.rows[0]?.digest,
    incidents: incidents.map(({ events, ...incident }) => ({
      ...incident,
      id: "",
      projectId: "",
      planId: "",
      openedAt: null,
      events: events.map(({ kind, details }) => ({ kind, details: { ...(details as object), plan_id: "" } })),
    })),
  };
}

interface Evaluator {
  child: ChildProcess;
  ready: Promise<unknown>;
}

function startEvaluator(projectId: string): Evaluator {
  const child = spawn(process.execPath, ["--import", "tsx", ENTRY, url, projectId], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return { child, ready: once(child, "message") };
}

/** Four evaluators at a time; each is killed some milliseconds after it began, until enough were. */
async function evaluateUnderKills(projectId: string) {
  const random = seededRandom(7);
  const tally = { kills: 0, duringWork: 0 };
  // Started before they are needed: what is killed is the evaluation, not the start of a process.
  const spare = Array.from({ length: EVALUATORS + KILLS }, () => null as Evaluator | null);
  let next = 0;
  const take = () => {
    for (let ahead = next; ahead < Math.min(spare.length, next + EVALUATORS); ahead += 1)
      spare[ahead] ??= startEvaluator(projectId);
    next += 1;
    return spare[next - 1] ?? startEvaluator(projectId);
  };
  const work = async (): Promise<void> => {
    for (;;) {
      const { child, ready } = take();
      await ready;
      const ended = once(child, "exit");
      const done = new Promise<boolean>((resolve) => {
        child.on("message", (message: EvaluatorMessage) => resolve("done" in message));
        child.once("exit", () => resolve(false));
      });
      child.send("go");
      const killed = tally.kills < KILLS;
      if (killed) {
        tally.kills += 1;
        await new Promise((resolve) => setTimeout(resolve, 20 + random() * 150));
        child.kill("SIGKILL");
        if (!(await done)) tally.duringWork += 1;
      } else if (!(await done)) throw new Error("An evaluator ended by itself.");
      if (child.connected) child.disconnect();
      await ended;
      if (!killed) return;
    }
  };
  await Promise.all(Array.from({ length: EVALUATORS }, work));
  for (const left of spare.slice(next)) left?.child.kill("SIGKILL");
  return tally;
}

test(`${EVALUATORS} evaluators at once over 500 breaches, ${KILLS} of them killed: 500 incidents, as without any kill`, async () => {
  const projectId = await breached();
  const started = performance.now();
  const { kills, duringWork } = await evaluateUnderKills(projectId);
  const seconds = (performance.now() - started) / 1000;
  const incidents = await db.incident.count({ where: { projectId } });
  report(
    `${EVALUATORS} evaluators, ${kills} kills (${duringWork} in the middle of work), ${incidents} incidents, ${seconds.toFixed(1)} s`,
  );
  expect(incidents).toBe(500);
  expect(kills).toBe(KILLS);
  // Kills after the last cohort would prove nothing.
  expect(duringWork).toBe(KILLS);
  const clean = await breached();
  await evaluateMonitors(db, clean);
  expect(await outcome(projectId)).toEqual(await outcome(clean));
}, 900_000);

/** Everybody takes a lock of their own. */
const NO_LOCK = {
  statement: "pg_advisory_xact_lock(hashtextextended(",
  from: "pg_advisory_xact_lock(hashtextextended(",
  to: "pg_advisory_xact_lock(hashtextextended(random()::text || ",
};
const NO_CONDITION = {
  statement: "UPDATE monitor_run SET fed_sequence",
  from: "AND fed_sequence = ",
  to: "AND 0 <= ",
};
const NO_TARGET = {
  statement: "INSERT INTO incident (",
  from: "ON CONFLICT (project_id, kind, attribute, value, subject) WHERE state <> 'RESOLVED' DO NOTHING",
  to: "ON CONFLICT DO NOTHING",
};

const SMALL = { values: 60, cohorts: 30, threshold: 1_000 };

test("feeding does not need the lock: without it each cohort is still fed once", async () => {
  const [projectId, clean] = [await breached(SMALL), await breached(SMALL)];
  await evaluateMonitors(db, clean);
  await closeCohorts(db, projectId);
  const broken = withFaults(db, [NO_LOCK]);
  const runs = await Promise.all([1, 2, 3, 4].map(() => evaluateMonitors(broken, projectId)));
  expect(runs.reduce((sum, { fed }) => sum + fed, 0)).toBe(SMALL.cohorts);
  expect(runs.filter(({ fed }) => fed > 0).length).toBeGreaterThan(1);
  expect(await outcome(projectId)).toEqual(await outcome(clean));
});

test("controls: without the condition a cohort is fed twice, without the partial index incidents are doubled", async () => {
  const twice = await breached(SMALL);
  await closeCohorts(db, twice);
  await pool.query("ALTER TABLE detector_checkpoint DROP CONSTRAINT detector_checkpoint_pkey");
  const broken = withFaults(db, [NO_LOCK, NO_CONDITION]);
  const runs = await Promise.all([1, 2, 3, 4].map(() => evaluateMonitors(broken, twice)));
  const fed = runs.reduce((sum, each) => sum + each.fed, 0);
  await pool.query("DROP INDEX incident_open_key");
  const doubled = await breached(SMALL);
  await evaluateMonitors(withFaults(db, [NO_TARGET]), doubled);
  const incidents = await db.incident.count({ where: { projectId: doubled } });
  report(
    `controls: ${SMALL.cohorts} cohorts were fed ${fed} times, ${SMALL.values + 1} breaches made ${incidents} incidents`,
  );
  expect(fed).toBeGreaterThan(SMALL.cohorts);
  expect(incidents).toBeGreaterThan(SMALL.values + 1);
});
