import { expect, it } from "vitest";
import { newId } from "@/lib/core/id";
import { foldCounts } from "@/lib/estimate/fold-counts";
import { refreshEstimate } from "@/lib/estimate/refresh-estimate";
import { verifyEstimates } from "@/lib/estimate/verify-estimates";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import { seededRandom } from "@/lib/stats/seeded-random";
import { testDatabase } from "@/lib/testing/database";
import { judgeSample } from "@/lib/testing/judge-samples";
import { contextFor } from "@/lib/testing/make-project";
import { recountCells } from "@/lib/testing/recount-cells";
import { makeSampledProject, type StoredOutput, storeOutputs } from "@/lib/testing/store-outputs";
import { heldParts } from "./held-parts";
import { noteRepeats } from "./note-repeats";

const { db, pool } = await testDatabase();
const DAY = 86_400_000;
const MONDAY = Date.UTC(2026, 2, 2, 9);

async function makeStream(plan: Parameters<typeof makeSampledProject>[1] = {}) {
  const sampled = await makeSampledProject(db, plan);
  const ctx = contextFor(db, sampled.project);
  const projectId = sampled.project.id;
  return {
    projectId,
    store: (outputs: readonly StoredOutput[]) => storeOutputs({ db, pool }, sampled, outputs),
    note: () => noteRepeats(ctx, heldParts(ctx)),
    refresh: async () => {
      await foldCounts(db, projectId);
      await refreshEstimate(db, projectId);
    },
    outputs: () =>
      db.output.findMany({
        where: { projectId },
        include: { sample: true, slots: true },
        orderBy: { externalId: "asc" },
      }),
  };
}

/** `letters` name contents: "ax" is the input a with the answer x. */
const stream = (letters: readonly string[], more: Partial<StoredOutput> = {}): StoredOutput[] =>
  letters.map((content, at) => ({
    externalId: `${more.instant ? more.instant.getUTCDate() : 2} ${String(at).padStart(3, "0")} ${content}`,
    instant: new Date(MONDAY + at * 1_000),
    input: { of: content.slice(0, 1) },
    output: { answer: content.slice(1) },
    ...more,
  }));

const everything = { plan: { reviewsPerWeek: 1_000_000, expectedPerDay: 10 } };

it("flags repetitions, lets one stand for all of a day, and counts every copy where it lies", async () => {
  const { projectId, store, note, refresh, outputs } = await makeStream(everything);
  const first = stream(["ax", "bx", "ax", "ay", "ax", "cx"]);
  const [other] = first.slice(4);
  await store([
    ...first.slice(0, 4),
    ...(other ? [{ ...other, segments: { region: "eu" } }] : []),
    ...first.slice(5),
  ]);
  // Two processes at once take each output once.
  const noted = await Promise.all([note(), note()]);
  expect(noted[0] + noted[1]).toBe(3);
  expect(await note()).toBe(0);
  await store(stream(["bx"], { instant: new Date(MONDAY + DAY) }));
  await note();
  const stored = await outputs();
  expect(
    stored.map(({ externalId, flags, copies, copyOf }) => [externalId, flags, copies, copyOf !== null]),
  ).toEqual([
    ["2 000 ax", [], 2, false],
    ["2 001 bx", [], 0, false],
    ["2 002 ax", ["DUP_CONTENT"], 0, true],
    ["2 003 ay", ["NONDETERMINISTIC"], 0, false],
    ["2 004 ax", ["DUP_CONTENT"], 0, true],
    ["2 005 cx", [], 0, false],
    ["3 000 bx", ["DUP_CONTENT"], 0, false],
  ]);
  const served = stored.filter(({ slots }) => slots.some(({ state }) => state === "OPEN"));
  expect(served.map(({ externalId }) => externalId.slice(0, 5))).toEqual([
    "2 000",
    "2 001",
    "2 003",
    "2 005",
    "3 000",
  ]);
  const [leader] = stored;
  const strata = await db.stratum.findMany({ where: { projectId } });
  const flagged = new Set(strata.filter((stratum) => stratum.flagged).map(({ id }) => id));
  expect(
    stored.filter(({ stratumId }) => flagged.has(stratumId)).map(({ externalId }) => externalId),
  ).toEqual(["2 003 ay", "3 000 bx"]);
  if (leader?.sample) await judgeSample(db, leader.sample, 0);
  for (const { sample } of served.slice(1)) if (sample) await judgeSample(db, sample, 1);
  await refresh();
  const cells = await db.estimateCell.findMany({ where: { projectId, periodKind: "MONTH" } });
  const of = (value: string) => {
    const own = cells.filter((cell) => cell.value === value);
    const sum = (pick: (cell: (typeof own)[number]) => number) =>
      own.reduce((total, cell) => total + pick(cell), 0);
    return {
      population: sum(({ population }) => population),
      reviews: sum(({ outputs: reviewed }) => reviewed),
      wrong: sum(({ sumWeight, sumWeightScore }) => sumWeight - sumWeightScore),
    };
  };
  // Three of seven outputs are the wrong content, by one review; one of them is all of the region.
  expect(of("")).toEqual({ population: 7, reviews: 5, wrong: 3 });
  expect(of("eu")).toEqual({ population: 1, reviews: 0, wrong: 1 });
  expect(await verifyEstimates(db, projectId)).toMatchObject({ differences: [], pending: 0 });
});

it("equals a recount from raw rows when little is drawn, and draws at most one of a content a day", async () => {
  const { projectId, store, note, refresh, outputs } = await makeStream({
    plan: { reviewsPerWeek: 700, expectedPerDay: 500 },
  });
  const random = seededRandom(3);
  const letters = Array.from({ length: 400 }, () => {
    const popular = random() < 0.5;
    return popular
      ? `p${Math.floor(random() ** 3 * 8)}`
      : `${String.fromCharCode(0x4e00 + Math.floor(random() * 5_000))}x`;
  });
  for (let from = 0; from < letters.length; from += 100) {
    const part = stream(letters).slice(from, from + 100);
    await store(part);
    await note();
  }
  await closeEpochs(db, projectId, "RECORDED", new Date(MONDAY + 2 * DAY));
  for (const { sample, externalId } of await outputs())
    if (sample?.state === "QUEUED") await judgeSample(db, sample, externalId.length % 3 === 0 ? 0 : 1);
  await refresh();
  const drawn = (await outputs()).filter(({ sample }) => sample !== null && sample.randomNumber < 1);
  const contents = drawn.map(({ input, output }) => JSON.stringify([input, output]));
  expect(new Set(contents).size).toBe(contents.length);
  const recounted = await recountCells(pool, projectId);
  const cells = await db.estimateCell.findMany({ where: { projectId } });
  expect(cells.length).toBeGreaterThan(2);
  for (const cell of cells) {
    const start = cell.periodStart.toISOString().slice(0, 10);
    const again = recounted.get(
      `${cell.periodKind} ${start} ${cell.attribute}=${cell.value} ${cell.phase} ${cell.stratumId}`,
    );
    expect(again?.population).toBeCloseTo(cell.population, 6);
    expect(again?.outputs).toBe(cell.outputs);
    expect(again?.sumWeight).toBeCloseTo(cell.sumWeight, 6);
    expect(again?.sumWeight2).toBeCloseTo(cell.sumWeight2, 4);
    expect(again?.sumWeightScore).toBeCloseTo(cell.sumWeightScore, 6);
  }
});

it("draws what repeats three times as often by default, once its share is known; a factor of 1 would not", async () => {
  const rates = async (flaggedFactor: number) => {
    const { projectId, store, note } = await makeStream({
      plan: { reviewsPerWeek: 70, expectedPerDay: 300 },
    });
    const [plan] = await db.samplingPlan.findMany({ where: { projectId }, omit: { needs: true } });
    if (!plan) throw new Error("The project has no plan.");
    await db.samplingPlan.create({
      data: { ...plan, id: newId(), version: 2, flaggedFactor, floorPerEpoch: 0 },
    });
    for (let day = 0; day < 3; day += 1) {
      const contents = Array.from({ length: 300 }, (_, at) => (at % 5 === 0 ? `${at}` : `${day}:${at}`));
      await store(
        contents.map((content) => ({
          externalId: `${day} ${content}`,
          instant: new Date(MONDAY + day * DAY),
          input: { content },
          output: {},
        })),
      );
      await note();
    }
    await closeEpochs(db, projectId, "RECORDED", new Date(MONDAY + 3 * DAY));
    const opened = await db.stratumEpoch.findMany({
      where: { projectId, epoch: { startsAt: new Date(Date.UTC(2026, 2, 4)) } },
      include: { stratum: true },
    });
    const flagged = opened.find(({ stratum }) => stratum.flagged)?.rate ?? 0;
    const normal = opened.find(({ stratum }) => !stratum.flagged)?.rate ?? 0;
    return flagged / normal;
  };
  expect(await rates(3)).toBeCloseTo(3, 1);
  expect(await rates(1)).toBeCloseTo(1, 1);
});
