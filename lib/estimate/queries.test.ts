import { expect, test, vi } from "vitest";
import { newId } from "@/lib/core/id";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import { testDatabase } from "@/lib/testing/database";
import { judgeSample } from "@/lib/testing/judge-samples";
import { actorFor, contextFor, makePerson } from "@/lib/testing/make-project";
import { makeSampledProject, type StoredOutput, storeOutputs } from "@/lib/testing/store-outputs";
import { listBaselines } from "./baseline-queries";
import { foldCounts } from "./fold-counts";
import { freezeBaseline } from "./freeze-baseline";
import { accuracyReply, accuracySeries } from "./queries";
import { refreshEstimate } from "./refresh-estimate";
import { accuracyReplySchema, accuracySeriesSchema, segmentTableSchema } from "./schema";
import { segmentTable } from "./segment-table";

const { db, pool } = await testDatabase();
vi.setConfig({ testTimeout: 90_000 });
const DAY_MS = 86_400_000;
const monday = Date.UTC(2026, 2, 2, 9);
const WEEKS = 6;

/** A pilot week, then six weeks; from the fourth on, "ios" is right in two of five cases instead of nine of ten. */
function outputs(): StoredOutput[] {
  return Array.from({ length: (WEEKS + 1) * 140 }, (_, at) => ({
    externalId: `o${at}`,
    instant: new Date(monday + Math.floor(at / 20) * DAY_MS),
    phase: at < 140 ? ("PILOT" as const) : ("PRODUCTION" as const),
    segments: { device: at % 2 ? "ios" : "web" },
  }));
}

function score(externalId: string): number {
  const at = Number(externalId.slice(1));
  const worse = at >= 4 * 140 && at % 2 === 1;
  return (at * 7) % 10 < (worse ? 4 : 9) ? 1 : 0;
}

async function reviewedProject() {
  const sampled = await makeSampledProject(db, {
    plan: { reviewsPerWeek: 140, attribute: "device", expectedPerDay: 20 },
  });
  const projectId = sampled.project.id;
  await storeOutputs({ db, pool }, sampled, outputs());
  await closeEpochs(db, projectId, "RECORDED", new Date(monday + 60 * DAY_MS));
  const samples = await db.sample.findMany({ where: { projectId }, include: { output: true } });
  const lastWeek = new Date(monday + WEEKS * 7 * DAY_MS);
  for (const sample of samples) {
    const waits = sample.output.day >= lastWeek && Number(sample.output.externalId.slice(1)) % 3 > 0;
    if (!waits) await judgeSample(db, sample, score(sample.output.externalId));
  }
  await db.release.create({
    data: {
      projectId,
      id: newId(),
      modelName: "sorter",
      modelVersion: "2",
      liveAt: new Date(monday + 4 * 7 * DAY_MS),
    },
  });
  // The first is no change; the last came after everything that is shown.
  for (const [version, weeks] of [
    [1, 2],
    [2, 3],
    [3, 20],
  ] as const) {
    const createdAt = new Date(monday + weeks * 7 * DAY_MS);
    await db.answerSchema.create({
      data: { projectId, id: newId(), version, definition: {}, instructions: "", createdAt },
    });
  }
  await foldCounts(db, projectId);
  await refreshEstimate(db, projectId);
  const manager = await makePerson(db, { project: sampled.project, role: "MANAGER" });
  return contextFor(db, sampled.project, actorFor(manager), new Date(monday + 100 * DAY_MS));
}

const ctx = await reviewedProject();

test("a series has its points, the pilot, releases and the current finding", async () => {
  const series = accuracySeriesSchema.parse(await accuracySeries(ctx, { periodKind: "week" }));
  expect(series.points.map((point) => point.start)).toEqual([
    "2026-03-09",
    "2026-03-16",
    "2026-03-23",
    "2026-03-30",
    "2026-04-06",
    "2026-04-13",
  ]);
  expect(series.points.map((point) => point.population)).toEqual(Array(WEEKS).fill(140));
  expect(series.extent).toEqual({ first: "2026-03-09", last: "2026-04-19" });
  expect(series.points.at(-1)?.state).toBe("immature");
  expect(series.points.at(-1)?.due).toBeGreaterThan(20);
  expect(series.points.slice(0, -1).every((point) => point.state === "complete")).toBe(true);
  expect(series.pilot?.frozen).toBe(false);
  expect(series.now?.start).toBe("2026-04-06");
  expect(series.now?.gap?.difference).toBeLessThan(-0.1);
  expect(series.points.find(({ start }) => start === series.now?.start)?.gap).toEqual(series.now?.gap);
  expect(series.releases.map((mark) => mark.day)).toEqual(["2026-03-30"]);
  expect(series.form_versions).toMatchObject([{ version: 2, day: "2026-03-23" }]);
  expect(series.totals.outputs).toBe(WEEKS * 140);
  expect(series.totals.pilot_outputs).toBe(140);
  const before = series.points[0]?.estimate;
  expect(before && before.low <= 0.9 && before.high >= 0.9).toBe(true);
});

test("the period that is not over is in progress, in the project's own days", async () => {
  const today = async (instant: number) => {
    const series = await accuracySeries({ ...ctx, now: new Date(instant) }, { periodKind: "week" });
    return [series.today, series.points[4]?.state];
  };
  expect(await today(Date.UTC(2026, 3, 12, 23, 59))).toEqual(["2026-04-12", "in_progress"]);
  expect(await today(Date.UTC(2026, 3, 13, 0, 1))).toEqual(["2026-04-13", "complete"]);
});

test("recorded history that its sender has not completed is in progress", async () => {
  const projectId = ctx.project.id;
  const last = await db.epoch.findFirstOrThrow({ where: { projectId }, orderBy: { startsAt: "desc" } });
  const key = { projectId_id: { projectId, id: last.id } };
  await db.epoch.update({ where: key, data: { closedAt: null } });
  const open = await accuracySeries(ctx, { periodKind: "week" });
  await db.epoch.update({ where: key, data: { closedAt: last.closedAt } });
  expect(open.points.at(-1)?.state).toBe("in_progress");
  expect(open.points.at(-2)?.state).toBe("complete");
});

test("without a word about periods the chart takes those that have enough reviews", async () => {
  const auto = await accuracySeries(ctx, { periodKind: "auto" });
  expect(auto.period).toEqual({ period: "week", asked: "auto", too_fine: "day" });
  const long = await accuracySeries(ctx, { periodKind: "day", from: "2020-01-01", to: "2026-04-19" });
  expect(long.period.period).toBe("week");
});

test("a segment's series and the reply with all values agree", async () => {
  const reply = accuracyReplySchema.parse(await accuracyReply(ctx, { periodKind: "week", segments: "yes" }));
  expect(reply.segments.map(({ segment }) => segment.value).sort()).toEqual(["ios", "web"]);
  const ios = await accuracyReply(ctx, {
    attribute: "device",
    value: "ios",
    periodKind: "week",
    segments: "yes",
  });
  expect(ios.segments).toEqual([]);
  const beside = reply.segments.find(({ segment }) => segment.value === "ios")?.points;
  expect(ios.points.map((point) => ({ ...point, band: null, gap: null }))).toEqual(beside);
  for (const { band, estimate } of ios.points) {
    expect(band?.low).toBeLessThanOrEqual(estimate?.low ?? 0);
    expect(band?.high).toBeGreaterThanOrEqual(estimate?.high ?? 1);
  }
  expect(ios.now?.estimate.mean).toBeLessThan(0.6);
  const none = await accuracyReply(ctx, { attribute: "nothing", periodKind: "week", segments: "yes" });
  expect(none.segments).toEqual([]);
  expect(none.points).toHaveLength(WEEKS);
});

test("the table shows where it is worse", async () => {
  const table = segmentTableSchema.parse(await segmentTable(ctx, { from: "2026-03-30", to: "2026-04-12" }));
  const row = (value: string) => table.rows.find(({ segment }) => segment.value === value);
  expect(table.attributes).toEqual(["device"]);
  expect(table.overall.population).toBe(280);
  expect(row("ios")?.population).toBe(140);
  expect(row("ios")?.traffic_share).toBeCloseTo(0.5, 9);
  expect(row("ios")?.gap?.high).toBeLessThan(0);
  expect(row("web")?.gap?.high).toBeGreaterThan(0);
  const series = await accuracySeries(ctx, { periodKind: "week", attribute: "device", value: "ios" });
  const weekly = new Map(series.points.map((point) => [point.start, point.estimate?.mean]));
  const spark = row("ios")?.spark ?? [];
  expect(spark.map(({ start }) => start)).toEqual(["2026-03-30", "2026-04-06"]);
  for (const { start, mean } of spark) expect(mean).toBeCloseTo(weekly.get(start) ?? -1, 12);
});

test("a long window is whole weeks and gives the same as its weeks", async () => {
  const table = await segmentTable(ctx, { from: "2025-12-01", to: "2026-04-15" });
  expect([table.from, table.to]).toEqual(["2025-12-01", "2026-04-19"]);
  expect(table.overall.population).toBe(WEEKS * 140);
  expect(table.overall.due).toBeGreaterThan(20);
});

test("nothing sent, nothing judged: no numbers and no failure", async () => {
  const { project } = await makeSampledProject(db);
  const empty = contextFor(db, project);
  const series = accuracySeriesSchema.parse(await accuracySeries(empty, {}));
  expect([series.points, series.pilot, series.now, series.extent]).toEqual([[], null, null, null]);
  const table = segmentTableSchema.parse(await segmentTable(empty, { from: series.from, to: series.to }));
  expect([table.rows, table.overall.estimate]).toEqual([[], null]);
  await expect(freezeBaseline(empty, {})).rejects.toMatchObject({ code: "CONFLICT" });
});

test("the frozen baseline stays when the pilot's reviews change, until it is frozen anew", async () => {
  const projectId = ctx.project.id;
  const first = await freezeBaseline(ctx, { note: "first" });
  const wrong = await db.sample.findFirstOrThrow({
    where: { projectId, score: 1, output: { phase: "PILOT" } },
  });
  await judgeSample(db, wrong, 0);
  await refreshEstimate(db, projectId);
  const shown = await accuracySeries(ctx, { periodKind: "week" });
  expect(shown.pilot).toMatchObject({ frozen: true, estimate: first.estimate });
  const second = await freezeBaseline(ctx, { note: "second" });
  expect(second.estimate.mean).toBeLessThan(first.estimate.mean);
  expect((await accuracySeries(ctx, { periodKind: "week" })).pilot?.estimate).toEqual(second.estimate);
  expect((await listBaselines(ctx)).map(({ note, segments }) => [note, segments])).toEqual([
    ["second", 2],
    ["first", 2],
  ]);
  const ios = await accuracySeries(ctx, { attribute: "device", value: "ios", periodKind: "week" });
  expect(ios.pilot?.frozen).toBe(true);
  const audit = await db.auditEvent.count({ where: { projectId, action: "baseline.freeze" } });
  expect(audit).toBe(2);
});
