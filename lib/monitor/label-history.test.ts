import { expect, test } from "vitest";
import type { PrismaClient } from "@/lib/db/generated/client";
import type { newDetectorState } from "@/lib/stats/e-detector";
import { boundaryError } from "@/lib/stats/pilot-boundary";
import { seededRandom } from "@/lib/stats/testing/seeded-random";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { type CohortOutput, labelSamples, makeCohortProject } from "@/lib/testing/make-cohort-project";
import { makeMonitorPlan } from "@/lib/testing/make-monitor";
import { withFaults } from "@/lib/testing/with-fault";
import { evaluateMonitors } from "./evaluate-monitors";
import {
  checkpointLine,
  type ReferencePlan,
  referenceMonitor,
  type Score,
} from "./testing/reference-monitor";

const { db } = await testDatabase();
const HISTORIES = 200;
const CONTROLS = 8;
const DAYS = 3;
const BOUNDARY = 0.85;
const THRESHOLD = 15;
const PAIR = '["area","device"]';

type Event = { labels: { externalId: string; score: Score }[] } | "evaluate" | "time is over";

interface History {
  outputs: CohortOutput[];
  events: Event[];
  plan: ReferencePlan;
}

/**
 * Labels come in any order over all days, wrong ones sooner; some never, some after their cohort has closed, some twice, some are
 * changed or taken back and given again; evaluations fall anywhere.
 */
function randomHistory(seed: number): History {
  const random = seededRandom(seed);
  const pick = <T>(values: readonly [T, ...T[]]): T =>
    values[Math.floor(random() * values.length)] ?? values[0];
  const accuracy = pick([0.95, 0.6]);
  const outputs = Array.from({ length: DAYS * pick([8, 14, 26]) }, (_, at): CohortOutput => {
    const segments: Record<string, string> = { device: pick(["ios", "web"]) };
    if (random() < 0.7) segments.area = pick(["north", "south"]);
    const cluster = random() < 0.3 ? `c${at % DAYS}-${Math.floor(random() * 3)}` : null;
    return {
      externalId: `o${at}`,
      day: at % DAYS,
      // A cluster is one sampling unit.
      randomNumber: cluster ? ((hash(`${seed}${cluster}`) % 997) + 0.5) / 1000 : random(),
      segments,
      cluster,
      flagged: random() < 0.2,
      sourceProbability: pick([1, 1, 0.5]),
    };
  });
  const judged = (): Score => {
    const chance = random();
    if (chance < 0.12) return "unsure";
    return chance < 0.2 ? pick([0.25, 0.5]) : random() < accuracy ? 1 : 0;
  };
  const timed: { at: number; event: Event }[] = [];
  const label = (at: number, externalId: string, score: Score) =>
    timed.push({ at, event: { labels: [{ externalId, score }] } });
  for (const { externalId } of outputs) {
    if (random() < 0.04) continue;
    const score = judged();
    let at = random() * (score === 0 ? 0.4 : 0.7);
    label(at, externalId, score);
    if (random() < 0.1) label(at + random() * 0.5, externalId, score);
    if (score === "unsure" && random() < 0.5) label(at + random(), externalId, judged());
    while (random() < 0.2) {
      if (random() < 0.5) label((at += random() * 0.8), externalId, null);
      label((at += random() * 0.8), externalId, judged());
    }
  }
  for (let evaluations = 1 + Math.floor(random() * 2); evaluations > 0; evaluations -= 1)
    timed.push({ at: 0.4 + random(), event: "evaluate" });
  timed.push({ at: 0.3 + random() * 0.5, event: "time is over" });
  const plan: ReferencePlan = {
    rate: 0.9,
    target: pick([3, 6, 1000]),
    unsureCountsWrong: random() < 0.3,
    boundaryError: boundaryError(BOUNDARY),
    logThreshold: Math.log(THRESHOLD),
    segmentsOf,
  };
  const events = timed.sort((a, b) => a.at - b.at).map(({ event }) => event);
  return { outputs, events: [...events, "evaluate"], plan };
}

function segmentsOf({ segments }: CohortOutput): string[] {
  const { device = "", area } = segments ?? {};
  const own = ["", `device=${device}`];
  return area === undefined ? own : [...own, `${PAIR}=${JSON.stringify([area, device])}`];
}

function hash(text: string): number {
  return Array.from(text).reduce((sum, each) => (sum * 31 + each.charCodeAt(0)) % 1_000_003, 7);
}

/** Plays a history through the database and in memory. */
async function play(history: History, client: PrismaClient = db) {
  const { outputs, events, plan } = history;
  const { projectId, project } = await makeCohortProject(db, { days: DAYS, ...history.plan, outputs });
  await makeMonitorPlan(db, project, {
    attributes: ["device", PAIR],
    boundary: BOUNDARY,
    threshold: THRESHOLD,
    unsureCountsWrong: plan.unsureCountsWrong,
  });
  const reference = referenceMonitor(outputs, plan);
  const waiting = new Map<string, Score>();
  const flush = async () => {
    const labels = [...waiting].map(([externalId, score]) => ({ externalId, score }));
    waiting.clear();
    if (labels.length > 0) await labelSamples(db, projectId, labels);
  };
  for (const event of events) {
    if (event === "time is over") {
      reference.endTime();
      await db.$executeRaw`
        INSERT INTO epoch (project_id, id, clock, starts_at, ends_at, plan_id)
        SELECT project_id, gen_random_uuid(), clock, starts_at + interval '60 days', ends_at + interval '60 days', plan_id
        FROM epoch WHERE project_id = ${projectId}::uuid ORDER BY starts_at LIMIT 1`;
    } else if (event === "evaluate") {
      await flush();
      reference.evaluate();
      await evaluateMonitors(client, projectId);
    } else {
      for (const { externalId, score } of event.labels) {
        reference.label(externalId, score);
        waiting.set(externalId, score);
      }
    }
  }
  return { projectId, reference, stored: () => storedCheckpoints(projectId) };
}

async function storedCheckpoints(projectId: string): Promise<string[]> {
  const rows = await db.detectorCheckpoint.findMany({ where: { projectId } });
  return rows
    .map(({ attribute, value, sequence, state, logEvidence, peak, alarms }) => {
      const segment = attribute === "" ? "" : `${attribute}=${value}`;
      const known = state as ReturnType<typeof newDetectorState>;
      return checkpointLine({ segment, sequence, state: known, logEvidence, peak, alarms });
    })
    .sort();
}

test(`${HISTORIES} random histories of labels give the state of the clean order of cohorts, every digit of it`, async () => {
  let [checkpoints, arrivalDiffers] = [0, 0];
  for (let seed = 1; seed <= HISTORIES; seed += 1) {
    const { projectId, reference, stored } = await play(randomHistory(seed));
    const clean = reference.checkpoints();
    expect(await stored(), `seed ${seed}`).toEqual(clean);
    if (JSON.stringify(reference.checkpoints("arrival")) !== JSON.stringify(clean)) arrivalDiffers += 1;
    checkpoints += clean.length;
    if (seed % 10 > 0) continue;
    // Once more, and twice at a time: nothing that is fed is fed again.
    await db.epoch.updateMany({ where: { projectId }, data: { evaluate: true } });
    await Promise.all([evaluateMonitors(db, projectId), evaluateMonitors(db, projectId)]);
    expect(await stored(), `seed ${seed} again`).toEqual(clean);
  }
  const tally = { checkpoints, arrivalDiffers, ...(await tallyHistories()) };
  report(`${HISTORIES} histories: ${JSON.stringify(tally)}, 0 states differ`);
  // A generator that makes no difficult histories would prove nothing.
  expect(Math.min(tally.corrected, tally.late, tally.alarms)).toBeGreaterThan(HISTORIES / 2);
  expect(tally.arrivalDiffers).toBeGreaterThan(HISTORIES * 0.9);
}, 900_000);

/** What the histories held, over all projects so far. */
async function tallyHistories() {
  const rows = await db.$queryRaw<[{ cohorts: number; corrected: number; late: number; alarms: number }]>`
    SELECT (SELECT count(*)::int FROM cohort) AS cohorts,
      (SELECT count(*)::int FROM cohort_label WHERE corrected_at IS NOT NULL) AS corrected,
      (SELECT count(*)::int FROM cohort_label label JOIN sample USING (project_id, output_id)
        WHERE label.score IS NULL AND label.corrected_at IS NULL AND sample.state = 'SETTLED') AS late,
      (SELECT sum(alarms)::int FROM detector_checkpoint) AS alarms`;
  return rows[0];
}

const FAULTS = [
  {
    name: "late labels enter",
    statement: "WITH differing AS",
    from: "AND (label.score IS NOT NULL OR label.corrected_at IS NOT NULL)",
    to: "",
  },
  {
    name: "corrections are not taken up",
    statement: "WITH differing AS",
    from: "AND label.score IS DISTINCT FROM",
    to: "AND false AND label.score IS DISTINCT FROM",
  },
  {
    name: "detectors go on from their first checkpoint and not from the last",
    statement: "AS asked(attribute text",
    from: "ORDER BY sequence DESC LIMIT 1",
    to: "ORDER BY sequence LIMIT 1",
  },
  {
    name: "weights rest on what was drawn alone",
    statement: "INSERT INTO cohort_stratum",
    from: '= "epochId" AND source.stratum_id = "stratumId"',
    to: '= "epochId" AND source.stratum_id = "stratumId" WHERE false',
  },
  {
    name: "weights forget what the source left out",
    statement: "INSERT INTO cohort_stratum",
    from: "min(source_probability)",
    to: "max(source_probability)",
  },
];

test.each(FAULTS)("control: when $name it is seen", async (fault) => {
  let differing = 0;
  for (let seed = 1; seed <= CONTROLS; seed += 1) {
    const broken = withFaults(db, [fault]);
    const { reference, stored } = await play(randomHistory(seed), broken);
    if (JSON.stringify(await stored()) !== JSON.stringify(reference.checkpoints())) differing += 1;
  }
  report(`control ${fault.name}: ${differing} of ${CONTROLS} histories differ`);
  expect(differing).toBeGreaterThan(0);
});
