import { expect, it } from "vitest";
import { seededRandom } from "@/lib/stats/seeded-random";
import { eraseProject } from "@/lib/project/erase-project";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import {
  makeSampledProject,
  type SampledProject,
  storeOutputs,
  type StoredOutput,
} from "@/lib/testing/store-outputs";
import { countInputs } from "./count-inputs";
import { featureName } from "./feature";
import { fitWatched } from "./fit-features";
import { freezeInputBaseline } from "./freeze-input-baseline";
import type { OutputFacts } from "./output-facts";
import { type DatedFacts, followRecords } from "./testing/follow-records";

const { db, pool } = await testDatabase();
const DAY_MS = 86_400_000;
const START = Date.parse("2026-03-01T12:00:00Z");

function madeOutputs(
  seed: number,
  from: number,
  days: number,
  perDay: number,
  spoilt = false,
): StoredOutput[] {
  const random = seededRandom(seed);
  return Array.from({ length: days * perDay }, (_, at) => ({
    externalId: `o-${seed}-${at}`,
    instant: new Date(START + (from + Math.floor(at / perDay)) * DAY_MS + at),
    phase: from < 0 ? ("PILOT" as const) : ("PRODUCTION" as const),
    output: {
      label: random() < 0.8 ? "invoice" : "letter",
      pages: spoilt && random() < 0.7 ? null : Math.ceil(8 * random() ** 2),
    },
  }));
}

function factsOf({ output }: StoredOutput): OutputFacts {
  return { input: {}, output, confidence: null, environment: null, latencyMs: null };
}

const dated = (output: StoredOutput): DatedFacts => ({
  facts: factsOf(output),
  cluster: output.externalId,
  day: output.instant.toISOString().slice(0, 10),
});

async function makeDriftProject(): Promise<{
  made: SampledProject;
  pilot: StoredOutput[];
  production: StoredOutput[];
}> {
  const made = await makeSampledProject(db);
  const pilot = madeOutputs(1, -10, 10, 60);
  const production = [...madeOutputs(2, 0, 8, 60), ...madeOutputs(3, 8, 8, 60, true)];
  await storeOutputs({ db, pool }, made, pilot);
  await storeOutputs({ db, pool }, made, production);
  return { made, pilot, production };
}

async function storedWindows(projectId: string) {
  const baseline = await db.inputBaseline.findFirstOrThrow({
    where: { projectId },
    orderBy: { createdAt: "desc" },
  });
  // The last features are what is counted of all outputs together: repetitions, and unusual ones.
  const windows = await db.driftWindow.findMany({
    where: { projectId, baselineId: baseline.id, feature: { lt: 3 } },
    orderBy: [{ feature: "asc" }, { toDay: "asc" }],
  });
  return windows.map(({ feature, toDay, counts, logTail, noticed }) => ({
    feature,
    to: toDay.toISOString().slice(0, 10),
    counts: counts.map(Number),
    logTail: logTail === null ? null : Number(logTail.toFixed(6)),
    noticed,
  }));
}

function expectedWindows(pilot: readonly StoredOutput[], production: readonly StoredOutput[]) {
  const { features } = fitWatched(
    pilot.map((output) => ({ facts: factsOf(output), cluster: output.externalId })),
  );
  expect(features.map(featureName)).toEqual(["/form", "/output/label", "/output/pages"]);
  return followRecords(features, 1, production.map(dated)).flatMap(({ windows }, feature) =>
    windows.map(({ to, counts, logTail, noticed }) => ({
      feature,
      to,
      counts,
      logTail: logTail === null ? null : Number(logTail.toFixed(6)),
      noticed,
    })),
  );
}

it("counts all traffic against the pilot and judges every day, alarming or not", async () => {
  const { made, pilot, production } = await makeDriftProject();
  const projectId = made.project.id;
  expect(await countInputs(db, projectId)).toEqual({ outputs: 960, windows: 80 });
  const windows = await storedWindows(projectId);
  expect(windows).toEqual(expectedWindows(pilot, production));
  expect(windows.filter(({ noticed }) => noticed)).toMatchObject([{ feature: 2, to: "2026-03-09" }]);
  expect(await db.uncountedOutput.count({ where: { projectId } })).toBe(0);
  const days = await db.inputDay.findMany({ where: { projectId } });
  expect(days).toHaveLength(16);
  const unusual = await db.unusualOutput.count({ where: { projectId } });
  expect(days.reduce((sum, day) => sum + Number(day.unusual), 0)).toBe(unusual);
  expect(await countInputs(db, projectId)).toEqual({ outputs: 0, windows: 0 });
});

it("judges again from the day of a late output on, and earlier days stay as they were", async () => {
  const { made, pilot, production } = await makeDriftProject();
  const projectId = made.project.id;
  await countInputs(db, projectId);
  const late = madeOutputs(4, 12, 1, 40);
  await storeOutputs({ db, pool }, made, late);
  expect(await countInputs(db, projectId)).toEqual({ outputs: 40, windows: 20 });
  expect(await storedWindows(projectId)).toEqual(expectedWindows(pilot, [...production, ...late]));
});

it("counts each output once when several count at the same time, and again against a new baseline", async () => {
  const { made, pilot, production } = await makeDriftProject();
  const projectId = made.project.id;
  for (let part = 0; part < 6; part += 1)
    await storeOutputs({ db, pool }, made, madeOutputs(10 + part, part, 1, 50));
  const counted = await Promise.all([1, 2, 3].map(() => countInputs(db, projectId)));
  const all = production.length + 300;
  expect(counted.reduce((sum, { outputs }) => sum + outputs, 0)).toBe(all);
  const [freezing] = await Promise.all([freezeInputBaseline(db, projectId), countInputs(db, projectId)]);
  await countInputs(db, projectId);
  const days = await db.inputDay.findMany({ where: { projectId, baselineId: freezing?.id ?? "" } });
  expect(days.reduce((sum, { outputs }) => sum + Number(outputs), 0)).toBe(all);
  const others = [0, 1, 2, 3, 4, 5].flatMap((part) => madeOutputs(10 + part, part, 1, 50));
  expect(await storedWindows(projectId)).toEqual(expectedWindows(pilot, [...production, ...others]));
});

it("does nothing without a pilot", async () => {
  const made = await makeSampledProject(db);
  await storeOutputs({ db, pool }, made, madeOutputs(5, 0, 1, 20));
  expect(await countInputs(db, made.project.id)).toEqual({ outputs: 0, windows: 0 });
  expect(await db.uncountedOutput.count({ where: { projectId: made.project.id } })).toBe(0);
});

it("knows nothing of an output whose transaction was rolled back", async () => {
  const { made } = await makeDriftProject();
  await countInputs(db, made.project.id);
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query(
      `INSERT INTO output SELECT (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'external_id', 'again'))).*
       FROM output o WHERE project_id = $1 LIMIT 1`,
      [made.project.id],
    );
    const waiting = "SELECT count(*)::int AS rows FROM uncounted_output WHERE project_id = $1";
    expect((await client.query(waiting, [made.project.id])).rows).toEqual([{ rows: 1 }]);
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
  expect(await countInputs(db, made.project.id)).toEqual({ outputs: 0, windows: 0 });
});

it("tells repeated inputs and other answers, in whatever division they are counted", async () => {
  const made = await makeSampledProject(db);
  const projectId = made.project.id;
  await storeOutputs({ db, pool }, made, madeOutputs(6, -10, 1, 60));
  const answers = ["a", "a", "b", "a", "b", "c"];
  for (const part of [answers.slice(0, 2), answers.slice(2)]) {
    const outputs = part.map((answer, at) => ({
      externalId: `r-${part.length}-${at}`,
      instant: new Date(START + at),
      output: { answer },
    }));
    await storeOutputs({ db, pool }, made, outputs);
    await countInputs(db, projectId);
  }
  // One input (all of them are empty), six outputs, three different answers.
  const days = await db.inputDay.findMany({ where: { projectId } });
  expect(days.map(({ sameAnswer, otherAnswer }) => [Number(sameAnswer), Number(otherAnswer)])).toEqual([
    [3, 2],
  ]);
  expect(await db.contentKey.count({ where: { projectId } })).toBe(3);
});

it("goes with its project", async () => {
  const made = await makeSampledProject(db);
  const projectId = made.project.id;
  await storeOutputs({ db, pool }, made, madeOutputs(7, -10, 1, 60));
  await storeOutputs({ db, pool }, made, madeOutputs(8, 0, 2, 40));
  await countInputs(db, projectId);
  expect(await db.driftWindow.count({ where: { projectId } })).toBe(6);
  await storeOutputs({ db, pool }, made, madeOutputs(9, 2, 1, 5));
  const { name, slug } = made.project;
  const ctx = contextFor(db, made.project);
  await eraseProject({ db, actor: ctx.actor, now: ctx.now, requestId: ctx.requestId }, slug, name);
  for (const left of [
    await db.inputBaseline.count({ where: { projectId } }),
    await db.featureDay.count({ where: { projectId } }),
    await db.contentKey.count({ where: { projectId } }),
    await db.uncountedOutput.count({ where: { projectId } }),
  ])
    expect(left).toBe(0);
});

it("waits for production before the pilot is frozen, and freezes a pilot again that goes on growing", async () => {
  const made = await makeSampledProject(db);
  const projectId = made.project.id;
  await storeOutputs({ db, pool }, made, madeOutputs(20, -10, 1, 60));
  expect(await countInputs(db, projectId)).toEqual({ outputs: 0, windows: 0 });
  expect(await db.inputBaseline.count({ where: { projectId } })).toBe(0);
  await storeOutputs({ db, pool }, made, madeOutputs(21, 0, 1, 40));
  expect(await countInputs(db, projectId)).toMatchObject({ outputs: 40 });
  await storeOutputs({ db, pool }, made, madeOutputs(22, -9, 1, 10));
  await countInputs(db, projectId);
  expect(await db.inputBaseline.count({ where: { projectId } })).toBe(1);
  await storeOutputs({ db, pool }, made, madeOutputs(23, -8, 1, 100));
  expect(await countInputs(db, projectId)).toMatchObject({ outputs: 40 });
  const baselines = await db.inputBaseline.findMany({ where: { projectId }, orderBy: { createdAt: "asc" } });
  expect(baselines.map(({ outputs }) => outputs)).toEqual([60, 170]);
});

it("a late output counts the clusters of its own day anew, not those of the days after it", async () => {
  const made = await makeSampledProject(db);
  const inPairs = (outputs: StoredOutput[]) =>
    outputs.map((output, at) => ({ ...output, cluster: `c${Math.floor(at / 2)}` }));
  await storeOutputs({ db, pool }, made, inPairs(madeOutputs(11, -6, 6, 60)));
  await storeOutputs({ db, pool }, made, inPairs(madeOutputs(12, 0, 3, 60)));
  const { id: projectId } = made.project;
  await countInputs(db, projectId);
  const sizes = async () =>
    (await db.inputDay.findMany({ where: { projectId }, orderBy: { day: "asc" } })).map(
      ({ clusterSize }) => clusterSize,
    );
  expect(await sizes()).toEqual([2, 2, 2]);
  // What nobody may look at any more: it would be 2 again.
  await db.inputDay.updateMany({
    where: { projectId, day: { gt: new Date(START) } },
    data: { clusterSize: 7 },
  });
  await storeOutputs({ db, pool }, made, [{ externalId: "late", instant: new Date(START), cluster: "late" }]);
  await countInputs(db, projectId);
  const [first, ...after] = await sizes();
  expect(first).toBeCloseTo((60 * 2 + 1) / 61, 9);
  expect(after).toEqual([7, 7]);
});
