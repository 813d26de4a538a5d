import { expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import {
  type CohortFrame,
  type CohortOutput,
  labelSamples,
  makeCohortProject,
} from "@/lib/testing/make-cohort-project";
import { closeCohorts } from "./close-cohorts";

const { db } = await testDatabase();

/** Outputs at random numbers 0.01, 0.02, … of one day. */
const outputs = (count: number, day = 0, settings: Partial<CohortOutput> = {}): CohortOutput[] =>
  Array.from({ length: count }, (_, at) => ({
    externalId: `d${day}-${at}`,
    day,
    randomNumber: (at + 1) / 100,
    ...settings,
  }));

async function started(frame: Partial<CohortFrame> & Pick<CohortFrame, "outputs">) {
  const { projectId, epochIds } = await makeCohortProject(db, { days: 1, ...frame });
  const label = (names: readonly string[], score: number | "unsure" | null = 1) =>
    labelSamples(
      db,
      projectId,
      names.map((externalId) => ({ externalId, score })),
    );
  const cohorts = () => db.cohort.findMany({ where: { projectId }, orderBy: { sequence: "asc" } });
  const labels = () =>
    db.cohortLabel.findMany({
      where: { projectId },
      orderBy: [{ randomNumber: "asc" }, { output: { externalId: "asc" } }],
      include: { output: { select: { externalId: true } } },
    });
  return { projectId, epochIds, label, cohorts, labels, close: () => closeCohorts(db, projectId) };
}

const names = (from: number, to: number, day = 0) =>
  Array.from({ length: to - from }, (_, at) => `d${day}-${from + at}`);

test("a cohort closes when the served part reaches what was planned, and its labels are frozen", async () => {
  const { label, cohorts, labels, close } = await started({ outputs: outputs(40), rate: 0.3, target: 8 });
  // Planned are 8 of 40: random numbers below 0.2; the 20th is at 0.2.
  await label(names(0, 18));
  expect(await close()).toEqual({ closed: 0, corrected: 0 });
  await label(names(18, 19), 0);
  expect(await close()).toEqual({ closed: 1, corrected: 0 });
  expect(await cohorts()).toMatchObject([
    { sequence: 1, closing: "COMPLETE", labelled: 19, unsure: 1, day: new Date("2026-03-02") },
  ]);
  const frozen = await labels();
  // The 20th, nobody has got to: it is one of twenty.
  expect(frozen.map((each) => each.output.externalId)).toEqual(names(0, 20));
  expect(frozen.map((each) => each.score)).toEqual([...Array(18).fill(1), 0, null]);
  expect(new Set(frozen.map((each) => each.inclusionProbability))).toEqual(new Set([0.21 * (19 / 20)]));
});

test("what the plan counted on is kept of every stratum, with the rarest kind of output that the source let through", async () => {
  const flagged = outputs(20, 0, { flagged: true }).map((each) => ({
    ...each,
    externalId: `f-${each.externalId}`,
  }));
  // Nobody draws the only one of its kind.
  const rare = {
    externalId: "rare",
    day: 0,
    randomNumber: 0.9,
    flagged: true,
    sourceProbability: 0.25,
  };
  const { projectId, label, labels, close } = await started({
    days: 16,
    outputs: [...outputs(40), ...flagged, rare],
    rate: 0.3,
    target: 8,
  });
  await label(names(0, 9));
  expect((await close()).closed).toBe(1);
  // Of the flagged ones nobody has judged any; their cut says nothing.
  expect(await labels()).toHaveLength(9);
  const strata = await db.cohortStratum.findMany({
    where: { projectId },
    orderBy: { plannedProbability: "asc" },
  });
  expect(strata.map(({ plannedProbability }) => plannedProbability)).toEqual([0.3 * 0.25, 8 / 40]);
});

test("unsure ones and a straggler are in it without a label, and the others stand for them", async () => {
  const { projectId, label, cohorts, labels, close } = await started({
    outputs: outputs(40, 0, { sourceProbability: 0.5 }),
  });
  await label(names(0, 36));
  await label(names(36, 39), "unsure");
  // Somebody else is still to look at one of the unsure ones: with the last one that is two of 40 open, 5 %.
  const sample = await db.sample.findFirstOrThrow({
    where: { projectId, output: { externalId: "d0-38" } },
  });
  const { outputId } = sample;
  await db.reviewSlot.create({
    data: { projectId, id: outputId, outputId, look: 1, orderKey: 0.39, state: "OPEN" },
  });
  expect(await close()).toEqual({ closed: 1, corrected: 0 });
  expect(await cohorts()).toMatchObject([{ closing: "COMPLETE", labelled: 36, unsure: 4 }]);
  const probabilities = new Set((await labels()).map((each) => each.inclusionProbability));
  expect(probabilities).toEqual(new Set([1 * 0.5 * (36 / 40)]));
});

test("an open look makes an unsure sample unfinished", async () => {
  const { projectId, label, close } = await started({ outputs: outputs(10) });
  await label(names(0, 9));
  await label(["d0-9"], "unsure");
  const { outputId } = await db.sample.findFirstOrThrow({
    where: { projectId, output: { externalId: "d0-9" } },
  });
  const slot = { projectId, id: outputId, outputId, look: 1, orderKey: 0.1 };
  await db.reviewSlot.create({ data: { ...slot, state: "OPEN" } });
  expect((await close()).closed).toBe(0);
  await db.reviewSlot.updateMany({ where: { projectId }, data: { state: "WITHDRAWN" } });
  await label(["d0-9"], "unsure");
  expect((await close()).closed).toBe(1);
});

test("nothing closes before its rates are settled, and every stratum has to be served", async () => {
  const flagged = outputs(10, 0, { flagged: true }).map((each) => ({
    ...each,
    externalId: `f-${each.externalId}`,
  }));
  const { projectId, label, close } = await started({ outputs: [...outputs(10), ...flagged], openFrom: 0 });
  await label(names(0, 10));
  expect((await close()).closed).toBe(0);
  await label(flagged.map((each) => each.externalId));
  expect((await close()).closed).toBe(0);
  await db.epoch.updateMany({ where: { projectId }, data: { closedAt: new Date(), evaluate: true } });
  expect((await close()).closed).toBe(1);
});

test("when its time is over a cohort closes with what is there, by the calendar of recorded history", async () => {
  const { label, cohorts, labels, close } = await started({
    days: 16,
    outputs: [...outputs(10), ...outputs(10, 1)],
  });
  // The newest recorded epoch starts fifteen days after the first: the first has had fourteen, the second has not.
  await label([...names(0, 5), ...names(6, 9)]);
  expect((await close()).closed).toBe(1);
  expect(await cohorts()).toMatchObject([{ sequence: 1, closing: "DEADLINE", labelled: 5, unsure: 0 }]);
  expect((await labels()).map((each) => each.inclusionProbability)).toEqual(Array(5).fill(0.06));
  expect((await close()).closed).toBe(0);
});

test("time goes on for a recorded stream that rests, and by the clock for a live one", async () => {
  const hoursAgo = (count: number) => new Date(Date.now() - count * 3_600_000);
  // The newest epoch is the day itself: fourteen days after its end are fifteen after its start, and an hour of patience.
  const resting = (hours: number) => started({ outputs: outputs(10), openedAt: hoursAgo(hours) });
  expect((await (await resting(15 * 24 + 0.9)).close()).closed).toBe(0);
  expect((await (await resting(15 * 24 + 1.1)).close()).closed).toBe(1);
  const live = await started({ outputs: outputs(10) });
  const end = (hours: number) =>
    db.epoch.updateMany({
      where: { projectId: live.projectId },
      data: { clock: "LIVE", startsAt: hoursAgo(hours + 24), endsAt: hoursAgo(hours) },
    });
  await end(14 * 24 - 0.1);
  expect((await live.close()).closed).toBe(0);
  await end(14 * 24 + 0.1);
  expect((await live.close()).closed).toBe(1);
});

test("most of what was planned is enough after a week, without anybody's next review", async () => {
  const hoursAgo = (count: number) => new Date(Date.now() - count * 3_600_000);
  // Planned is a tenth of the random numbers; with six judged the queue is served up to 0.07, with eight up to 0.09.
  const { projectId, label, close, cohorts } = await started({
    outputs: outputs(50),
    rate: 0.105,
    target: 5,
  });
  const ended = (hours: number) =>
    db.epoch.updateMany({
      where: { projectId },
      data: {
        clock: "LIVE",
        startsAt: hoursAgo(hours + 24),
        endsAt: hoursAgo(hours),
        closedAt: hoursAgo(hours),
      },
    });
  const served = async (count: number) => {
    await label(names(0, count));
    const where = { projectId, stratum: { flagged: false } };
    await db.stratumEpoch.updateMany({ where, data: { effectiveRate: (count + 1) / 100 } });
    await close();
  };
  await ended(7 * 24 - 0.1);
  await served(6);
  await ended(7 * 24 + 0.1);
  expect((await close()).closed).toBe(0);
  await ended(7 * 24 - 0.1);
  await served(8);
  expect(await cohorts()).toEqual([]);
  await ended(7 * 24 + 0.1);
  expect((await close()).closed).toBe(1);
  expect(await cohorts()).toMatchObject([{ closing: "COMPLETE", labelled: 8, unsure: 0 }]);
});

test("pilot and known truths make no cohort, nor does a day without outputs", async () => {
  const { projectId, label, close, cohorts } = await started({ days: 2, outputs: outputs(10) });
  await db.stratum.updateMany({ where: { projectId, flagged: false }, data: { phase: "PILOT" } });
  await label(names(0, 10));
  await db.epoch.updateMany({ where: { projectId }, data: { evaluate: true } });
  expect(await close()).toEqual({ closed: 0, corrected: 0 });
  expect(await cohorts()).toEqual([]);
  expect(await db.epoch.count({ where: { projectId, evaluate: true } })).toBe(0);
});

test("cohorts are numbered in the order of closing, those of one run in the order of their days", async () => {
  const { epochIds, label, close, cohorts } = await started({
    days: 4,
    outputs: [0, 1, 2, 3].flatMap((day) => outputs(5, day)),
  });
  await label(names(0, 5, 2));
  await close();
  await label([...names(0, 5, 3), ...names(0, 5, 0)]);
  await close();
  await label(names(0, 5, 1));
  await close();
  const order = [2, 0, 3, 1].map((day) => epochIds[day]);
  expect((await cohorts()).map(({ epochId }) => epochId)).toEqual(order);
});

test("a label that was there is corrected, one that comes late stays out, one that is taken back becomes unsure", async () => {
  const { projectId, label, labels, close, cohorts } = await started({ outputs: outputs(20) });
  await label(names(0, 19));
  expect((await close()).closed).toBe(1);
  const before = await labels();
  await label(["d0-19"], 0);
  expect(await close()).toEqual({ closed: 0, corrected: 0 });
  expect(await labels()).toEqual(before);
  await label(["d0-3"], 0);
  await label(["d0-4"], null);
  await label(["d0-5"], 1);
  expect(await close()).toEqual({ closed: 0, corrected: 2 });
  const corrected = (await labels()).filter((each) => each.correctedAt !== null);
  expect(corrected.map((each) => [each.output.externalId, each.score])).toEqual([
    ["d0-3", 0],
    ["d0-4", null],
  ]);
  await label(["d0-4"], 0.5);
  expect(await close()).toEqual({ closed: 0, corrected: 1 });
  const scores = new Map((await labels()).map((each) => [each.output.externalId, each.score]));
  expect([scores.get("d0-4"), scores.get("d0-19")]).toEqual([0.5, null]);
  expect(await cohorts()).toHaveLength(1);
  expect(await db.cohortLabel.count({ where: { projectId } })).toBe(20);
});

test("several at once make each cohort once", async () => {
  const { label, close, cohorts } = await started({
    days: 30,
    outputs: Array.from({ length: 30 }, (_, day) => outputs(5, day)).flat(),
  });
  await label(Array.from({ length: 30 }, (_, day) => names(0, 5, day)).flat());
  const runs = await Promise.all([close(), close(), close(), close()]);
  expect(runs.reduce((sum, each) => sum + each.closed, 0)).toBe(30);
  expect((await cohorts()).map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: 30 }, (_, at) => at + 1),
  );
});
