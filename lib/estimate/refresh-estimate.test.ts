import { expect, test, vi } from "vitest";
import { OTHER_VALUE } from "@/lib/core/segment-value";
import { Prisma } from "@/lib/db/generated/client";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { judgeSample, workQueue } from "@/lib/testing/judge-samples";
import { recountCells } from "@/lib/testing/recount-cells";
import { makeSampledProject, type StoredOutput, storeOutputs } from "@/lib/testing/store-outputs";
import { foldCounts, MOST_COUNTED_VALUES } from "./fold-counts";
import { refreshEstimate } from "./refresh-estimate";
import { verifyEstimates } from "./verify-estimates";

const { db, pool } = await testDatabase();
vi.setConfig({ testTimeout: 90_000 });
const DAY_MS = 86_400_000;
const start = Date.UTC(2026, 2, 25, 9);

/** A mixed stream over a change of month and week: clusters, flags, two attributes, two phases, senders that sampled already. */
function mixedStream(count: number, prefix = "o"): StoredOutput[] {
  return Array.from({ length: count }, (_, at) => ({
    externalId: `${prefix}${at}`,
    instant: new Date(start + Math.floor((at * 14) / count) * DAY_MS),
    phase: at < count / 5 ? ("PILOT" as const) : ("PRODUCTION" as const),
    segments: { area: `a${at % 3}`, ...(at % 2 ? { kind: "x" } : {}) },
    flagged: at % 11 === 0,
    cluster: at % 6 === 0 ? `c${at % 30}` : null,
    sourceProbability: at % 4 === 0 ? 0.5 : 1,
    ...(at < count / 10 ? { truthScore: at % 5 ? 1 : 0 } : {}),
  }));
}

function scoreOf(externalId: string): number | "unsure" {
  const at = Number(externalId.replace(/\D/g, ""));
  if (at % 13 === 0) return "unsure";
  return at % 7 === 0 ? 0.5 : at % 5 === 0 ? 0 : 1;
}

async function expectRecount(projectId: string): Promise<number> {
  const verified = await verifyEstimates(db, projectId);
  expect(verified.differences).toEqual([]);
  expect(verified.pending).toBe(0);
  const recounted = await recountCells(pool, projectId);
  const cells = await db.estimateCell.findMany({ where: { projectId } });
  expect(cells).toHaveLength(recounted.size);
  for (const cell of cells) {
    const day = cell.periodStart.toISOString().slice(0, 10);
    const again = recounted.get(
      `${cell.periodKind} ${day} ${cell.attribute}=${cell.value} ${cell.phase} ${cell.stratumId}`,
    );
    expect([cell.observations, cell.outputs, cell.unsureOutputs]).toEqual([
      again?.observations,
      again?.outputs,
      again?.unsureOutputs,
    ]);
    for (const sum of [
      "sumWeight",
      "sumWeight2",
      "sumWeightScore",
      "sumWeight2Score",
      "population",
    ] as const) {
      expect(Math.abs(cell[sum] - (again?.[sum] ?? Number.NaN))).toBeLessThanOrEqual(1e-9 * (1 + cell[sum]));
    }
  }
  return cells.length;
}

test("all sums equal a recount in another language", async () => {
  const sampled = await makeSampledProject(db, {
    plan: { reviewsPerWeek: 300, attribute: "area", expectedPerDay: 100 },
  });
  const projectId = sampled.project.id;
  const stream = mixedStream(1400);
  for (let from = 0; from < stream.length; from += 200) {
    await storeOutputs({ db, pool }, sampled, stream.slice(from, from + 200));
    await workQueue(db, projectId, 40, scoreOf);
    if (from % 400 === 0) await foldCounts(db, projectId);
    await refreshEstimate(db, projectId);
  }
  await closeEpochs(db, projectId, "RECORDED", new Date(start + 30 * DAY_MS));
  await workQueue(db, projectId, 100, scoreOf);
  await foldCounts(db, projectId);
  await refreshEstimate(db, projectId);
  const cells = await expectRecount(projectId);
  const totals = await db.estimateCell.aggregate({
    where: { projectId, periodKind: "MONTH", attribute: "" },
    _sum: { outputs: true, unsureOutputs: true, population: true, observations: true },
  });
  expect(totals._sum.unsureOutputs).toBeGreaterThan(10);
  expect(totals._sum.observations).toBeLessThan(totals._sum.outputs ?? 0);
  expect(totals._sum.population).toBeCloseTo(1400 + 350, 6);
  report(`recounted ${cells} cells`);
});

test("concurrent ingest, reviews, undos, folding, closing and refreshing end in sums that equal a recount", async () => {
  const sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 2000, expectedPerDay: 200 } });
  const projectId = sampled.project.id;
  await storeOutputs({ db, pool }, sampled, mixedStream(600));
  const queued = await db.sample.findMany({
    where: { projectId, state: "QUEUED" },
    include: { output: true },
  });
  let going = true;
  const reviewers = Array.from({ length: 4 }, async (_, reviewer) => {
    for (const [at, sample] of queued.entries()) {
      if (at % 4 !== reviewer) continue;
      await judgeSample(db, sample, scoreOf(sample.output.externalId));
      if (at % 9 === 0) await judgeSample(db, sample, "undo");
    }
  });
  const refreshers = Array.from({ length: 3 }, async () => {
    while (going) {
      await foldCounts(db, projectId);
      await refreshEstimate(db, projectId);
    }
  });
  const writer = storeOutputs({ db, pool }, sampled, mixedStream(300, "late"));
  const closer = closeEpochs(db, projectId, "RECORDED", new Date(start + 6 * DAY_MS));
  await Promise.all([...reviewers, writer, closer]);
  going = false;
  await Promise.all(refreshers);
  await foldCounts(db, projectId);
  await refreshEstimate(db, projectId);
  const cells = await expectRecount(projectId);
  expect(queued.length).toBeGreaterThan(100);
  report(`${queued.length} samples judged beside 3 refreshers: ${cells} cells equal a recount`);
});

test("an attribute that hardly repeats is counted by its busiest values and the others together, with their own reviews", async () => {
  const sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 1500, expectedPerDay: 400 } });
  const projectId = sampled.project.id;
  const customers = 1300;
  const outputs = Array.from({ length: 1600 }, (_, at): StoredOutput => {
    const busy = at % 6 === 0;
    return {
      externalId: `k${at}`,
      instant: new Date(start + (at % 3) * 3_600_000),
      segments: { customer: busy ? `busy${at % 4}` : `once${at % customers}`, area: `a${at % 3}` },
      ...(at % 5 === 0 ? { cluster: `c${at % 50}` } : {}),
    };
  });
  for (let from = 0; from < outputs.length; from += 400) {
    await storeOutputs({ db, pool }, sampled, outputs.slice(from, from + 400));
    await workQueue(db, projectId, 60, scoreOf);
    // Numbers are made while nothing of the newest outputs is folded, and while all is.
    await refreshEstimate(db, projectId);
    if (from === 1200) await expectRecount(projectId);
    await Promise.all([foldCounts(db, projectId), foldCounts(db, projectId)]);
  }
  await refreshEstimate(db, projectId);
  await expectRecount(projectId);
  const values = await db.populationCount.groupBy({
    by: ["value"],
    where: { projectId, attribute: "customer" },
    _sum: { outputs: true },
  });
  const sent = new Set(outputs.map(({ segments }) => segments?.customer)).size;
  const others = values.find(({ value }) => value === OTHER_VALUE);
  expect(values).toHaveLength(MOST_COUNTED_VALUES + 1);
  expect(Number(others?._sum.outputs)).toBeGreaterThanOrEqual(sent - MOST_COUNTED_VALUES);
  expect(values.filter(({ value }) => value.startsWith("busy"))).toHaveLength(2);
  const reviews = await db.estimateCell.aggregate({
    where: { projectId, periodKind: "MONTH", attribute: "customer", value: OTHER_VALUE },
    _sum: { outputs: true },
  });
  expect(reviews._sum.outputs).toBeGreaterThan(10);
  // The next epoch begins anew.
  await storeOutputs({ db, pool }, sampled, [
    { externalId: "k9999", instant: new Date(start + 20 * DAY_MS), segments: { customer: "new" } },
  ]);
  await foldCounts(db, projectId);
  expect(await db.populationCount.count({ where: { projectId, value: "new" } })).toBe(1);
});

test("the check sees a planted fault", async () => {
  const sampled = await makeSampledProject(db, { plan: { expectedPerDay: 50 } });
  const projectId = sampled.project.id;
  await storeOutputs({ db, pool }, sampled, mixedStream(100));
  await foldCounts(db, projectId);
  await refreshEstimate(db, projectId);
  expect((await verifyEstimates(db, projectId)).differences).toEqual([]);
  const undone = new Error("The fault is taken back.");
  // One after the other: no more than twenty differences are told, in no order.
  const planted = async (fault: Prisma.Sql) => {
    let found: string[] = [];
    const attempt = db.$transaction(async (tx) => {
      await tx.$executeRaw(fault);
      found = (await verifyEstimates(tx, projectId)).differences.map(({ what }) => what.split(",")[0] ?? "");
      throw undone;
    });
    await expect(attempt).rejects.toBe(undone);
    return new Set(found);
  };
  const own = Prisma.sql`project_id = ${projectId}::uuid`;
  const heavier = Prisma.sql`UPDATE estimate_cell SET sum_weight = sum_weight * 1.0001
    WHERE ${own} AND period_kind = 'DAY' AND attribute = '' AND phase = 'PILOT'`;
  expect(await planted(heavier)).toEqual(new Set(["cell (DAY"]));
  const gone = Prisma.sql`DELETE FROM estimate_cell WHERE ${own} AND period_kind = 'WEEK' AND attribute = 'kind'`;
  expect(await planted(gone)).toEqual(new Set(["cell (WEEK"]));
  const more = Prisma.sql`UPDATE stratum_epoch SET processed = processed + 1 WHERE ${own} AND population > 0`;
  expect([...(await planted(more))].some((what) => what.startsWith("stratum "))).toBe(true);
  expect((await verifyEstimates(db, projectId)).differences).toEqual([]);
});

test("an unfinished queue is a sample at a lower rate; what was judged beyond the gap is not used", async () => {
  const sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 700, expectedPerDay: 100 } });
  const projectId = sampled.project.id;
  const instant = new Date(start);
  await storeOutputs(
    { db, pool },
    sampled,
    Array.from({ length: 300 }, (_, at) => ({ externalId: `u${at}`, instant })),
  );
  const samples = await db.sample.findMany({ where: { projectId }, orderBy: { randomNumber: "asc" } });
  const gap = samples[20];
  for (const sample of samples.slice(0, 40)) if (sample !== gap) await judgeSample(db, sample, 1);
  await refreshEstimate(db, projectId);
  const stratum = await db.stratumEpoch.findFirstOrThrow({ where: { projectId } });
  expect(stratum.effectiveRate).toBe(gap?.randomNumber);
  expect(stratum.processed).toBe(20);
  expect(stratum.population).toBe(300n);
  if (gap) await judgeSample(db, gap, 0);
  await refreshEstimate(db, projectId);
  const cell = await db.estimateCell.findFirstOrThrow({ where: { projectId, periodKind: "DAY" } });
  expect(cell.outputs).toBe(40);
  expect(cell.sumWeight).toBeCloseTo(40 / (samples[40]?.randomNumber ?? 0), 6);
});

test("an epoch that nobody has got to is unaudited, one that chance spared is not", async () => {
  const sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 210, expectedPerDay: 100 } });
  const projectId = sampled.project.id;
  const days = [0, 1].map((day) => new Date(start + day * DAY_MS));
  for (const [day, instant] of days.entries()) {
    const outputs = Array.from({ length: 200 }, (_, at) => ({ externalId: `${day}-${at}`, instant }));
    await storeOutputs({ db, pool }, sampled, outputs);
  }
  // One output of a stratum of its own, on the first day, not drawn.
  for (
    let at = 0;
    (await db.stratum.count({ where: { projectId, flagged: true } })) === 0 || at < 1;
    at += 1
  ) {
    await storeOutputs({ db, pool }, sampled, [
      { externalId: `flag ${at}`, instant: new Date(start), flagged: true },
    ]);
  }
  await db.sample.deleteMany({ where: { projectId, stratumEpoch: { stratum: { flagged: true } } } });
  const first = await db.epoch.findFirstOrThrow({ where: { projectId }, orderBy: { startsAt: "asc" } });
  for (const sample of await db.sample.findMany({ where: { projectId, epochId: first.id } }))
    await judgeSample(db, sample, 1);
  await foldCounts(db, projectId);
  await refreshEstimate(db, projectId);
  const cells = await db.estimateCell.findMany({
    where: { projectId, periodKind: "WEEK" },
    orderBy: { population: "asc" },
  });
  expect(cells.map((cell) => [cell.population, cell.unauditedPopulation])).toEqual([
    [1, 0],
    [400, 200],
  ]);
});
