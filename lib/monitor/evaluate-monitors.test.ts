import { expect, test } from "vitest";
import { newId } from "@/lib/core/id";
import { resolveIncident } from "@/lib/incident/resolve-incident";
import { eraseProject } from "@/lib/project/erase-project";
import { testDatabase } from "@/lib/testing/database";
import { type CohortOutput, labelSamples, makeCohortProject } from "@/lib/testing/make-cohort-project";
import { makeMonitorPlan } from "@/lib/testing/make-monitor";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { evaluateMonitors } from "./evaluate-monitors";

const { db } = await testDatabase();
const PER_DAY = 24;
const DAYS = 8;

/** Each day 24 outputs, half of them of ios; `wrong` says which are. */
async function watched(settings: { days?: number; threshold?: number; unsureCountsWrong?: boolean } = {}) {
  const days = settings.days ?? DAYS;
  const outputs = Array.from({ length: days * PER_DAY }, (_, at): CohortOutput => {
    const within = Math.floor(at / days);
    const device = within % 2 ? "ios" : "web";
    const segments = { device, area: within % 3 ? "north" : "south" };
    return {
      externalId: `o${at % days}-${within}`,
      day: at % days,
      randomNumber: (within + 0.5) / PER_DAY,
      segments,
    };
  });
  const { projectId, project } = await makeCohortProject(db, { days, outputs });
  const planId = await makeMonitorPlan(db, project, {
    attributes: ["device", '["area","device"]'],
    boundary: 0.9,
    threshold: settings.threshold ?? 2_000,
    unsureCountsWrong: settings.unsureCountsWrong ?? false,
  });
  const evaluate = () => evaluateMonitors(db, projectId);
  const label = (day: number, scoreOf: (device: string, within: number) => number | "unsure" | null) =>
    labelSamples(
      db,
      projectId,
      Array.from({ length: PER_DAY }, (_, at) => ({
        externalId: `o${day}-${at}`,
        score: scoreOf(at % 2 ? "ios" : "web", at),
      })),
    );
  /** From day `from` on every other ios output is wrong. */
  const live = async (first: number, last: number, from = Number.POSITIVE_INFINITY) => {
    for (let day = first; day <= last; day += 1) {
      await label(day, (device, at) => (device === "ios" && day >= from && at % 4 === 1 ? 0 : 1));
      await evaluate();
    }
  };
  const checkpoints = () =>
    db.detectorCheckpoint.findMany({
      where: { projectId },
      orderBy: [{ attribute: "asc" }, { value: "asc" }, { sequence: "asc" }],
    });
  const incidents = () =>
    db.incident.findMany({ where: { projectId }, orderBy: [{ alarmSequence: "asc" }, { value: "asc" }] });
  const events = async (incidentId: string) =>
    (await db.incidentEvent.findMany({ where: { incidentId }, orderBy: { id: "asc" } })).map(
      ({ kind, details }) => ({ kind, details }),
    );
  return { project, projectId, planId, evaluate, label, live, checkpoints, incidents, events };
}

/** What the detectors know, without the ids of project and plan. */
async function states({ checkpoints }: Pick<Awaited<ReturnType<typeof watched>>, "checkpoints">) {
  return (await checkpoints()).map((row) => ({ ...row, projectId: "", planId: "" }));
}

/** Everything about incidents but names and times. */
const told = (rows: Awaited<ReturnType<Awaited<ReturnType<typeof watched>>["incidents"]>>) =>
  rows.map(
    ({
      attribute,
      value,
      alarmSequence,
      lastSequence,
      alarms,
      changeSequence,
      changeDay,
      alarmDay,
      facts,
    }) => ({
      attribute,
      value,
      alarmSequence,
      lastSequence,
      alarms,
      changeSequence,
      changeDay,
      alarmDay,
      facts,
    }),
  );

test("a drop in one segment opens an incident there, with the day on which it likely began", async () => {
  const { live, incidents, checkpoints, events } = await watched();
  await live(0, 7, 4);
  const found = await incidents();
  const ios = found.find(({ attribute, value }) => attribute === "device" && value === "ios");
  expect(ios).toMatchObject({
    kind: "accuracy_drop",
    state: "OPEN",
    alarmSequence: 6,
    changeSequence: 5,
    changeDay: new Date("2026-03-06"),
    alarmDay: new Date("2026-03-07"),
    facts: { boundary: 0.9, log_threshold: Math.log(2_000) },
  });
  expect(found.some(({ value }) => value === "web" || value.includes('"web"'))).toBe(false);
  expect((await events(ios?.id ?? ""))[0]).toMatchObject({ kind: "opened", details: { sequence: 6 } });
  const overall = (await checkpoints()).filter(({ attribute }) => attribute === "");
  expect(overall.map(({ sequence, observations }) => [sequence, observations])).toEqual(
    Array.from({ length: DAYS }, (_, at) => [at + 1, (at + 1) * PER_DAY]),
  );
});

test("evaluating again, side by side, and with every mark set changes nothing", async () => {
  const { projectId, live, evaluate, incidents, checkpoints } = await watched();
  await live(0, 7, 4);
  const before = JSON.stringify([await checkpoints(), await incidents()]);
  expect(await evaluate()).toEqual({ closed: 0, corrected: 0, fed: 0, opened: 0 });
  await db.epoch.updateMany({ where: { projectId }, data: { evaluate: true } });
  const runs = await Promise.all([evaluate(), evaluate(), evaluate()]);
  expect(runs.every(({ closed, corrected, fed }) => closed + corrected + fed === 0)).toBe(true);
  expect(JSON.stringify([await checkpoints(), await incidents()])).toBe(before);
});

test("the same history lived twice gives the same incidents, and so does feeding its cohorts again", async () => {
  const [once, twice] = [await watched(), await watched()];
  await once.live(0, 7, 3);
  for (const day of [0, 1, 2, 3, 4, 5, 6, 7])
    await twice.label(day, (device, at) => (device === "ios" && day >= 3 && at % 4 === 1 ? 0 : 1));
  await twice.evaluate();
  expect(told(await twice.incidents())).toEqual(told(await once.incidents()));
  expect((await once.incidents()).length).toBeGreaterThan(1);
  expect(await states(twice)).toEqual(await states(once));
  const before = [await states(once), told(await once.incidents())];
  await forget(once.projectId);
  await once.evaluate();
  expect([await states(once), told(await once.incidents())]).toEqual(before);
});

/** As if nothing had been fed. */
async function forget(projectId: string): Promise<void> {
  await db.$transaction([
    db.$executeRaw`SELECT set_config('assay.erasing_project', ${projectId}, true)`,
    db.incidentEvent.deleteMany({ where: { projectId } }),
    db.incident.deleteMany({ where: { projectId } }),
    db.detectorCheckpoint.deleteMany({ where: { projectId } }),
    db.monitorRun.updateMany({ where: { projectId }, data: { fedSequence: 0 } }),
  ]);
}

test("after a resolution the detector starts from zero, and a drop that goes on is another incident", async () => {
  const { project, live, checkpoints, incidents } = await watched({ days: 11 });
  await live(0, 5, 4);
  const manager = await makePerson(db, { project, role: "MANAGER" });
  const ctx = contextFor(db, project, actorFor(manager));
  for (const { id } of await incidents()) await resolveIncident(ctx, id, { reason: "fixed" });
  await live(6, 6);
  const ios = (await checkpoints()).filter(({ value }) => value === "ios");
  const state = ios.at(-1)?.state as { logSums: number[]; starts: number[]; observations: number };
  // Twelve right ones after zero: the first bet's sum is that of twelve, whatever came before.
  expect(state.observations).toBe(7 * 12);
  expect(Math.min(...state.starts)).toBeGreaterThanOrEqual(6 * 12);
  const twelve = await watched({ days: 1 });
  await twelve.live(0, 0);
  const fresh = (await twelve.checkpoints()).find(({ value }) => value === "ios")?.state;
  expect(state.logSums).toEqual((fresh as typeof state | undefined)?.logSums);
  const resolved = await incidents();
  await live(7, 10, 7);
  const after = await incidents();
  const again = after.find(({ id, value }) => value === "ios" && !resolved.some((each) => each.id === id));
  expect(again).toMatchObject({ state: "OPEN", changeSequence: 8 });
  expect(after.filter(({ state }) => state === "RESOLVED")).toHaveLength(resolved.length);
});

test("a corrected label changes the evidence from its cohort on; the open incident stays open and says so", async () => {
  const corrected = await watched();
  await corrected.live(0, 7, 4);
  const before = await corrected.incidents();
  await corrected.label(4, () => 1);
  await corrected.label(5, () => 1);
  expect(await corrected.evaluate()).toMatchObject({ corrected: 12, closed: 0, fed: 0 });
  const right = await watched();
  await right.live(0, 7, 6);
  expect(await states(corrected)).toEqual(await states(right));
  const after = await corrected.incidents();
  expect(
    after.filter(({ id }) => before.some((each) => each.id === id)).every(({ state }) => state === "OPEN"),
  ).toBe(true);
  const ios = after.find(({ value }) => value === "ios");
  const notes = await corrected.events(ios?.id ?? "");
  expect(notes.filter(({ kind }) => kind === "corrected")).toMatchObject([
    { details: { from_sequence: 5, labels: 12, log_threshold: Math.log(2_000) } },
  ]);
});

test("a correction from before the newest version does not concern it, nor does it change the version before", async () => {
  const { project, live, label, evaluate, checkpoints, incidents } = await watched();
  await live(0, 3, 2);
  await makeMonitorPlan(db, project, {
    version: 2,
    firstSequence: 5,
    fedSequence: 4,
    attributes: ["device"],
    boundary: 0.9,
    threshold: 2_000,
  });
  await live(4, 6, 4);
  const before = JSON.stringify([await checkpoints(), await incidents()]);
  await label(2, () => 1);
  await label(3, () => 0);
  expect(await evaluate()).toMatchObject({ corrected: 24 });
  expect(JSON.stringify([await checkpoints(), await incidents()])).toBe(before);
});

test("labels that turn out wrong open the incident that they should have opened", async () => {
  const { live, label, evaluate, incidents } = await watched();
  await live(0, 7);
  expect(await incidents()).toEqual([]);
  for (const day of [4, 5, 6]) await label(day, (device, at) => (device === "ios" && at % 4 === 1 ? 0 : 1));
  expect(await evaluate()).toMatchObject({ corrected: 18 });
  const ios = (await incidents()).find(({ value }) => value === "ios");
  expect(ios).toMatchObject({ alarmSequence: 6, changeSequence: 5, state: "OPEN" });
});

test("what nobody could judge is left out, or counts as wrong when the plan says so", async () => {
  for (const unsureCountsWrong of [false, true]) {
    const { label, evaluate, incidents, checkpoints } = await watched({ unsureCountsWrong });
    for (const day of [0, 1, 2, 3])
      await label(day, (device, at) => (device === "ios" && at % 4 === 1 ? "unsure" : 1));
    await evaluate();
    const last = (await checkpoints()).filter(({ value }) => value === "ios").at(-1);
    expect(last?.observations).toBe(unsureCountsWrong ? 48 : 24);
    expect((await incidents()).some(({ value }) => value === "ios")).toBe(unsureCountsWrong);
  }
});

test("a pair and a value that nobody has seen before are watched, and a project goes with all of it", async () => {
  const { project, projectId, live, checkpoints, incidents } = await watched();
  await live(0, 7, 4);
  const values = new Set((await checkpoints()).map(({ attribute, value }) => `${attribute} ${value}`));
  expect(values).toEqual(
    new Set([
      " ",
      "device ios",
      "device web",
      ...["north", "south"].flatMap((area) =>
        ["ios", "web"].map((device) => `["area","device"] ${JSON.stringify([area, device])}`),
      ),
    ]),
  );
  expect((await incidents()).length).toBeGreaterThan(0);
  const admin = actorFor(await makePerson(db, { isAdmin: true }));
  const ctx = { db, actor: admin, now: new Date(), requestId: newId() };
  await eraseProject(ctx, project.slug, project.name);
  const where = { projectId };
  const left = await Promise.all([
    db.cohort.count({ where }),
    db.cohortLabel.count({ where }),
    db.monitorPlan.count({ where }),
    db.detectorCheckpoint.count({ where }),
    db.incident.count({ where }),
  ]);
  expect(left).toEqual([0, 0, 0, 0, 0]);
});
