import { afterEach, expect, test } from "vitest";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { makeCohort, makeIncident, makeMonitorPlan } from "@/lib/testing/make-monitor";
import { testDatabase } from "@/lib/testing/database";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { hajekEstimate } from "@/lib/stats/hajek-estimate";
import { weightedClopperPearson } from "@/lib/stats/weighted-clopper-pearson";
import { acknowledgeIncident } from "./acknowledge-incident";
import { readIncident } from "./incident-detail";
import { incidentOutputIds, readIncidentOutputs } from "./incident-outputs";
import { noteIncident } from "./note-incident";
import {
  countOpenIncidents,
  listIncidents,
  listUrgentIncidents,
  readIncidentMarks,
  readUnresolvedMarks,
} from "./queries";
import { resolveIncident } from "./resolve-incident";
import { type AccuracyIncident, incidentQuerySchema } from "./schema";
import { joinSegment } from "./segment-part";

const { db, pool } = await testDatabase();

/** Of these stories every incident is about accuracy. */
async function accuracyIncident(...asked: Parameters<typeof readIncident>): Promise<AccuracyIncident | null> {
  const found = await readIncident(...asked);
  if (found === null || found.input === null) return found;
  throw new Error("An incident about the inputs.");
}
const DAYS = 20;
const BREAKS_ON = 12;
const dayOf = (sequence: number) => new Date(Date.UTC(2026, 2, sequence, 12));
const dayText = (sequence: number) => dayOf(sequence).toISOString().slice(0, 10);

interface Told {
  sequence: number;
  device: string;
  score: number | null;
  probability: number;
  cluster: string | null;
  outputId: string;
}

function labelAt(sequence: number, at: number) {
  const device = at % 3 === 0 ? "ios" : "web";
  const wrong = device === "ios" && sequence >= BREAKS_ON ? at !== 3 : at === 1 && sequence % 4 === 0;
  return {
    sequence,
    device,
    score: at === 11 && sequence % 5 === 0 ? null : wrong ? 0 : at === 5 ? 0.5 : 1,
    cluster: at === 6 || at === 9 ? `session-${sequence}` : null,
    probability: at % 2 === 0 ? 0.5 : 0.1,
    externalId: `o-${sequence}-${at}`,
    instant: dayOf(sequence),
    segments: { device, area: at < 6 ? "north" : "south" },
  };
}

/** Twenty days of twelve labels; from the 12th day on outputs of ios are mostly wrong. */
async function monitoredProject({ reversed = false } = {}) {
  const sampled = await makeSampledProject(db);
  const { project } = sampled;
  const planId = await makeMonitorPlan(db, project, { fedSequence: DAYS });
  const manager = await makePerson(db, { project, role: "MANAGER", name: "Kim Manager" });
  const labels = Array.from({ length: DAYS * 12 }, (_, index) =>
    labelAt(Math.floor(index / 12) + 1, index % 12),
  );
  const ids = await storeOutputs({ db, pool }, sampled, labels);
  const told = labels.map((label, at): Told => ({ ...label, outputId: ids[at] ?? "" }));
  const order = Array.from({ length: DAYS }, (_, at) => (reversed ? DAYS - at : at + 1));
  for (const sequence of order) {
    const own = told.filter((each) => each.sequence === sequence);
    await makeCohort(
      db,
      project,
      own.map(({ outputId, score, probability }) => ({ outputId, score, inclusionProbability: probability })),
    );
  }
  const ctx = contextFor(db, project, actorFor(manager), new Date("2026-04-01T08:00:00Z"));
  const incident = (settings: Parameters<typeof makeIncident>[2] = {}) =>
    makeIncident(db, project, {
      planId,
      alarmSequence: 15,
      lastSequence: 15,
      alarmDay: dayOf(15),
      changeSequence: BREAKS_ON,
      changeDay: dayOf(BREAKS_ON),
      ...settings,
    });
  return { ctx, planId, told, incident, project };
}

/** For tests that change nothing but the incidents that they make themselves. */
const shared = await monitoredProject();
afterEach(async () => {
  await db.incident.deleteMany({ where: { projectId: shared.project.id } });
});

/** The same by the statistics on a plain list of observations. */
function recount(told: readonly Told[]) {
  const units = new Map<string, Told[]>();
  for (const each of told) {
    if (each.score === null) continue;
    const key = each.cluster ? `${each.sequence} ${each.cluster}` : each.outputId;
    units.set(key, [...(units.get(key) ?? []), each]);
  }
  const correct = [...units.values()].map(
    (own) => own.reduce((sum, { score }) => sum + (score ?? 0), 0) / own.length,
  );
  const weights = [...units.values()].map((own) =>
    own.reduce((sum, { probability }) => sum + 1 / probability, 0),
  );
  const interval = weightedClopperPearson({ correct, weights });
  return {
    mean: hajekEstimate(correct, weights)?.mean ?? -1,
    low: interval?.low ?? -1,
    high: interval?.high ?? -1,
    n: correct.length,
    population: weights.reduce((sum, each) => sum + each, 0),
  };
}

test("what the labels say since the likely start is what a recount says", async () => {
  const { ctx, told, incident } = shared;
  const id = await incident();
  const detail = await accuracyIncident(ctx, id);
  const ios = told.filter(({ device }) => device === "ios");
  const since = recount(ios.filter(({ sequence }) => sequence >= BREAKS_ON));
  const before = recount(ios.filter(({ sequence }) => sequence < BREAKS_ON));
  const all = recount(told.filter(({ sequence }) => sequence >= BREAKS_ON));
  expect(detail?.since).toMatchObject({ n: since.n });
  for (const side of ["mean", "low", "high"] as const) {
    expect(detail?.since?.[side]).toBeCloseTo(since[side], 12);
    expect(detail?.before?.estimate[side]).toBeCloseTo(before[side], 12);
  }
  expect(detail?.period).toMatchObject({
    from: dayText(BREAKS_ON),
    to: dayText(DAYS),
    reviews: 36,
    unsure: 0,
  });
  expect(detail?.before).toMatchObject({ from: dayText(1), to: dayText(BREAKS_ON - 1), reviews: 44 });
  expect(detail?.extra_wrong).toBeCloseTo(since.population * (0.9 - since.mean), 9);
  expect(detail?.traffic_share).toBeCloseTo(since.population / all.population, 12);
  const { low = 1, high = 0 } = detail?.period?.band ?? {};
  expect([low < since.mean, high > since.mean, high - low > 0.2]).toEqual([true, true, true]);
});

test("time is the calendar's, in whatever order the days were closed", async () => {
  const { ctx, told, incident } = await monitoredProject({ reversed: true });
  const detail = await accuracyIncident(ctx, await incident({ changeSequence: 3 }));
  const ios = told.filter(({ device }) => device === "ios");
  const since = recount(ios.filter(({ sequence }) => sequence >= BREAKS_ON));
  expect(detail?.since?.mean).toBeCloseTo(since.mean, 12);
  expect(detail?.period).toMatchObject({ from: dayText(BREAKS_ON), to: dayText(DAYS) });
});

test("a pair of attributes and the overall stream are read as well", async () => {
  const { ctx, told, incident } = shared;
  const pair = joinSegment([
    { attribute: "device", value: "ios" },
    { attribute: "area", value: "north" },
  ]);
  const detail = await accuracyIncident(ctx, await incident(pair));
  const later = told.filter(({ sequence }) => sequence >= BREAKS_ON);
  const north = later.filter((each, at) => each.device === "ios" && at % 12 < 6);
  expect(detail?.since?.mean).toBeCloseTo(recount(north).mean, 12);
  const overall = await accuracyIncident(ctx, await incident({ attribute: "", value: "" }));
  expect(overall?.since?.mean).toBeCloseTo(recount(later).mean, 12);
  expect([overall?.traffic_share, overall?.period?.unsure]).toEqual([1, 2]);
});

test("the evidence path shows the cohorts around it, on the way and after it", async () => {
  const { ctx, incident, planId, project } = shared;
  const checkpoint = {
    projectId: project.id,
    planId,
    attribute: "device",
    value: "ios",
    observations: 4,
    state: {},
  };
  await db.detectorCheckpoint.createMany({
    data: Array.from({ length: DAYS }, (_, at) => ({
      ...checkpoint,
      sequence: at + 1,
      logEvidence: at,
      peak: at + 0.5,
      alarms: at === 14 ? 1 : 0,
    })),
  });
  const detail = await accuracyIncident(
    ctx,
    await incident({ resolvedSequence: 17, state: "RESOLVED", resolvedAt: new Date() }),
  );
  expect(detail?.evidence).toHaveLength(17);
  expect(detail?.evidence.filter(({ alarm }) => alarm)).toEqual([
    { sequence: 15, day: dayText(15), log_peak: 14.5, alarm: true, since_change: true },
  ]);
  expect(detail?.monitor_version).toBe(1);
});

test("wrong outputs come first, page by page, and the payload only with the permission", async () => {
  const { ctx, told, incident } = shared;
  const id = await incident({ attribute: "", value: "" });
  const first = await readIncidentOutputs(ctx, id, { show: "all", page: 1 }, true);
  expect(first).toMatchObject({ counts: { all: 108, wrong: 39, right: 67, unsure: 2 }, pages: 5 });
  expect(first?.outputs.every(({ score }) => score === 0)).toBe(true);
  expect(first?.outputs[0]).toMatchObject({ day: dayText(DAYS), before_alarm: false, preview: "{}" });
  const rest = await Promise.all(
    [2, 3, 4, 5].map((page) => readIncidentOutputs(ctx, id, { show: "all", page }, false)),
  );
  const every = [first, ...rest].flatMap((page) => page?.outputs ?? []);
  const expected = told.filter(({ sequence }) => sequence >= BREAKS_ON).map(({ outputId }) => outputId);
  expect(every.map((output) => output.id).sort()).toEqual(expected.sort());
  expect(every.slice(-2).map(({ score }) => score)).toEqual([null, null]);
  expect(rest.flatMap((page) => page?.outputs ?? []).every(({ preview }) => preview === null)).toBe(true);
  const unsure = await readIncidentOutputs(ctx, id, { show: "unsure", page: 1 }, false);
  expect(unsure?.outputs).toHaveLength(2);
  // The same in the same order, to have people look at them.
  expect(await incidentOutputIds(ctx, id, "wrong", 5)).toEqual({
    ids: every.slice(0, 5).map((output) => output.id),
    matching: 39,
  });
});

test("the list has what needs somebody first, with counts, and says what each costs", async () => {
  const { ctx, incident } = await monitoredProject();
  const small = await incident({ attribute: "area", value: "north" });
  const large = await incident();
  const muted = await incident({ value: "web", mutedUntil: new Date("2026-04-02T00:00:00Z") });
  const quietNoMore = await incident({ value: "tv", mutedUntil: new Date("2026-03-31T00:00:00Z") });
  const resolved = await incident({ state: "RESOLVED", resolvedAt: new Date(), resolvedSequence: 18 });
  await acknowledgeIncident(ctx, small, {});
  const list = await listIncidents(ctx, incidentQuerySchema.parse({}));
  expect(list.counts).toEqual({ open: 2, acknowledged: 1, muted: 1, resolved: 1 });
  expect(list.incidents.map(({ id }) => id)).toEqual([large, quietNoMore, small, muted, resolved]);
  const urgent = await listUrgentIncidents(ctx, 2);
  expect(urgent.map(({ id }) => id)).toEqual([large, quietNoMore]);
  expect(list.incidents[0]?.extra_wrong).toBeGreaterThan(0);
  expect(list.incidents[1]).toMatchObject({ since: null, extra_wrong: null });
  expect(await countOpenIncidents(ctx, ctx.project.id)).toBe(3);
  const onlyMuted = await listIncidents(ctx, incidentQuerySchema.parse({ standing: "muted" }));
  expect(onlyMuted.incidents.map(({ id }) => id)).toEqual([muted]);
  const ios = await listIncidents(ctx, incidentQuerySchema.parse({ attribute: "device", value: "ios" }));
  expect(ios.incidents.map(({ id }) => id)).toEqual([large, resolved]);
  expect(ios.counts).toEqual({ open: 1, acknowledged: 0, muted: 0, resolved: 1 });
  expect(list.segments[0]).toEqual({ attribute: "device", value: "ios" });
});

test("a chart is told of the incidents of its segment, before and after", async () => {
  const { ctx, incident } = shared;
  const id = await incident();
  const at = { segment: { attribute: "device", value: "ios" }, from: "2026-03-01", to: "2026-03-31" };
  const [mark, ...others] = await readIncidentMarks(ctx, at);
  expect(others).toEqual([]);
  expect(mark).toMatchObject({ id, day: dayText(BREAKS_ON), standing: "open" });
  expect((mark?.before ?? 0) - (mark?.since ?? 0)).toBeGreaterThan(0.4);
  expect(await readIncidentMarks(ctx, { ...at, to: "2026-03-05" })).toEqual([]);
  expect(await readIncidentMarks(ctx, { ...at, segment: { attribute: "", value: "" } })).toEqual([]);
  expect(await readUnresolvedMarks(ctx)).toHaveLength(1);
});

test("the timeline has names and notes, and says which cohort was known", async () => {
  const { ctx, incident } = await monitoredProject();
  const id = await incident();
  await acknowledgeIncident(ctx, id, { note: "Mine." });
  await noteIncident(ctx, id, { note: "The model changed." });
  await resolveIncident(ctx, id, { reason: "fixed" });
  const detail = await accuracyIncident(ctx, id);
  expect(detail?.events).toMatchObject([
    { kind: "acknowledged", by: "Kim Manager", note: "Mine.", details: { sequence: DAYS } },
    { kind: "noted", note: "The model changed." },
    { kind: "resolved", note: null, details: { reason: "fixed", sequence: DAYS } },
  ]);
});

test("after a fix it is said whether accuracy is back, or how many reviews would tell", async () => {
  const { ctx, incident, project } = await monitoredProject();
  const id = await incident();
  expect((await accuracyIncident(ctx, id))?.recovery).toBeNull();
  await db.monitorRun.updateMany({ where: { projectId: project.id }, data: { fedSequence: 17 } });
  await acknowledgeIncident(ctx, id, {});
  const bad = (await accuracyIncident(ctx, id))?.recovery;
  expect(bad).toMatchObject({ marker: "acknowledged", day: dayText(17), recovered: false, reviews: 12 });
  expect(bad?.more_reviews).toBeGreaterThan(5);
  await db.release.create({
    data: {
      projectId: project.id,
      id: crypto.randomUUID(),
      modelName: "triage",
      modelVersion: "1.4",
      liveAt: dayOf(18),
    },
  });
  expect((await accuracyIncident(ctx, id))?.recovery).toMatchObject({
    marker: "release",
    release: "triage 1.4",
    day: dayText(18),
    reviews: 8,
  });
  const web = await incident({ value: "web", facts: { ...FACTS, boundary: 0.999 } });
  expect((await accuracyIncident(ctx, web))?.recovery).toMatchObject({ recovered: false });
});

const FACTS = { boundary: 0.9, log_threshold: 9.94, log_evidence: 10.4, reviews: 61, observations: 240 };

test("an incident of another project does not exist here", async () => {
  const { incident } = shared;
  const foreign = await makeSampledProject(db);
  const ctx = contextFor(db, foreign.project);
  const id = await incident();
  expect(await accuracyIncident(ctx, id)).toBeNull();
  expect(await readIncidentOutputs(ctx, id, { show: "all", page: 1 }, true)).toBeNull();
  expect(await incidentOutputIds(ctx, id, "all", 5)).toBeNull();
  expect((await listIncidents(ctx, incidentQuerySchema.parse({}))).incidents).toEqual([]);
});
