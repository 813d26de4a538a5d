import { expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { makeSampledProject, type SampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { closeEpochs } from "./close-epoch";

const { db, pool } = await testDatabase();
const day = (at: number) => new Date(Date.UTC(2026, 2, 2 + at, 12));

function batch(count: number, at: number, segments: Record<string, string> = {}) {
  return Array.from({ length: count }, (_, index) => ({
    externalId: `d${at}-${JSON.stringify(segments)}-${index}`,
    instant: day(at),
    segments,
  }));
}

async function strataOf({ project }: SampledProject) {
  return db.stratumEpoch.findMany({
    where: { projectId: project.id },
    include: {
      epoch: true,
      stratum: true,
      samples: { include: { output: { select: { slots: true } } } },
      outputs: true,
    },
    orderBy: { epoch: { startsAt: "asc" } },
  });
}

/** In a settled epoch exactly the outputs below the rate are candidates, each with one open first look in key order. */
async function expectConsistent(sampled: SampledProject) {
  for (const stratum of await strataOf(sampled)) {
    const below = stratum.outputs
      .filter((output) => output.randomNumber < stratum.rate)
      .map((output) => output.id);
    const candidates = stratum.samples.filter((sample) => sample.randomNumber < stratum.rate);
    expect(candidates.map((sample) => sample.outputId).sort()).toEqual(below.sort());
    for (const sample of stratum.samples) {
      const open = sample.output.slots.filter((slot) => slot.state === "OPEN");
      if (sample.randomNumber >= stratum.rate) expect(open).toHaveLength(0);
      else if (sample.state === "QUEUED") {
        expect(open.filter((slot) => slot.look === 1)).toHaveLength(1);
        for (const slot of open) expect(slot.orderKey).toBeCloseTo(sample.randomNumber / stratum.rate, 12);
      }
    }
  }
}

test("a day with less traffic than expected is topped up from what is stored", async () => {
  const sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 77, expectedPerDay: 10_000 } });
  await storeOutputs({ db, pool }, sampled, batch(100, 0));
  const before = await db.sample.count({ where: { projectId: sampled.project.id } });
  expect(await closeEpochs(db, sampled.project.id, "RECORDED", day(1))).toBe(1);
  const [stratum] = await strataOf(sampled);
  expect(stratum?.target).toBeCloseTo(10, 6);
  expect(stratum?.rate).toBeCloseTo(0.13, 6);
  const after = await db.sample.count({ where: { projectId: sampled.project.id } });
  expect(before).toBeLessThan(4);
  expect(after).toBeGreaterThan(5);
  await expectConsistent(sampled);
  expect(await closeEpochs(db, sampled.project.id, "RECORDED", day(1))).toBe(0);
});

test("a day with more traffic than expected withdraws what nobody has judged, and keeps what was", async () => {
  const sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 77, expectedPerDay: 20 } });
  await storeOutputs({ db, pool }, sampled, batch(400, 0));
  const projectId = sampled.project.id;
  const queued = await db.sample.findMany({ where: { projectId }, orderBy: { randomNumber: "asc" } });
  expect(queued.length).toBeGreaterThan(200);
  const judged = queued[queued.length - 1];
  await db.sample.update({
    where: { projectId_outputId: { projectId, outputId: judged?.outputId ?? "" } },
    data: { state: "SETTLED", verdict: "CORRECT", score: 1, settledBy: "review", settledAt: day(0) },
  });
  await db.reviewSlot.updateMany({
    where: { projectId, outputId: judged?.outputId ?? "" },
    data: { state: "DONE" },
  });
  await closeEpochs(db, projectId, "RECORDED", day(1));
  const [stratum] = await strataOf(sampled);
  expect(stratum?.rate).toBeLessThan(0.05);
  expect(stratum?.samples.filter((sample) => sample.state === "WITHDRAWN").length).toBeGreaterThan(200);
  expect(stratum?.samples.find((sample) => sample.outputId === judged?.outputId)?.state).toBe("SETTLED");
  await expectConsistent(sampled);
});

test("a rate is not lowered below what was judged without a gap", async () => {
  const sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 77, expectedPerDay: 20 } });
  await storeOutputs({ db, pool }, sampled, batch(400, 0));
  const projectId = sampled.project.id;
  await db.$executeRaw`
    UPDATE sample SET state = 'SETTLED', verdict = 'CORRECT', score = 1, settled_by = 'review'
    WHERE project_id = ${projectId}::uuid AND random_number < 0.3`;
  await closeEpochs(db, projectId, "RECORDED", day(1));
  const [stratum] = await strataOf(sampled);
  expect(stratum?.rate).toBeGreaterThanOrEqual(0.3);
  expect(stratum?.rate).toBeLessThan(0.35);
});

test("a look that somebody is at is not taken away", async () => {
  const sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 77, expectedPerDay: 20 } });
  await storeOutputs({ db, pool }, sampled, batch(400, 0));
  const projectId = sampled.project.id;
  const slots = await db.reviewSlot.findMany({
    where: { projectId, look: 1 },
    orderBy: { orderKey: "desc" },
    take: 2,
  });
  const lease = { holderId: projectId, leaseToken: projectId };
  for (const [at, slot] of slots.entries()) {
    const leaseExpiresAt = new Date(Date.now() + (at === 0 ? 300_000 : -300_000));
    await db.reviewSlot.update({
      where: { projectId_id: { projectId, id: slot.id } },
      data: { ...lease, leaseExpiresAt },
    });
  }
  await closeEpochs(db, projectId, "RECORDED", day(1));
  const states = await db.reviewSlot.findMany({
    where: { projectId, id: { in: slots.map(({ id }) => id) } },
  });
  expect(states.map(({ state, holderId }) => `${state} ${holderId !== null}`).sort()).toEqual([
    "OPEN true",
    "WITHDRAWN false",
  ]);
});

test("a recorded stream that moves on closes the days before", async () => {
  const sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 77, attribute: "area" } });
  await storeOutputs({ db, pool }, sampled, [...batch(90, 0, { area: "a" }), ...batch(30, 1, { area: "b" })]);
  await storeOutputs({ db, pool }, sampled, batch(50, 1, { area: "a" }));
  const open = () => db.epoch.count({ where: { projectId: sampled.project.id, closedAt: null } });
  expect(await open()).toBe(1);
  await storeOutputs({ db, pool }, sampled, batch(50, 2, { area: "a" }));
  expect(await open()).toBe(1);
  await closeEpochs(db, sampled.project.id, "RECORDED", day(10));
  await expectConsistent(sampled);
  const strata = await strataOf(sampled);
  const counts = strata.map(({ outputs, stratum }) => `${stratum.value} ${outputs.length}`);
  // Area b is expected on the third day as well, and does not come.
  expect(counts.sort()).toEqual(["a 50", "a 50", "a 90", "b 0", "b 30"]);
});

test("closing while outputs of the same day stream in misses no candidate", async () => {
  const sampled = await makeSampledProject(db, {
    plan: { reviewsPerWeek: 700, attribute: "area", expectedPerDay: 50_000 },
  });
  let someStored = () => {};
  const stored = new Promise<void>((resolve) => (someStored = resolve));
  const writers = Array.from({ length: 5 }, async (_, writer) => {
    for (let round = 0; round < 8; round += 1) {
      const outputs = Array.from({ length: 40 }, (__, at) => ({
        externalId: `w${writer}-${round}-${at}`,
        instant: day(0),
        segments: { area: `a${(at + writer) % 4}` },
      }));
      await storeOutputs({ db, pool }, sampled, outputs);
      someStored();
    }
  });
  const closer = stored.then(() => closeEpochs(db, sampled.project.id, "RECORDED", day(1)));
  const [closed] = await Promise.all([closer, ...writers]);
  expect(closed).toBe(1);
  await expectConsistent(sampled);
  expect(await db.output.count({ where: { projectId: sampled.project.id } })).toBe(1600);
});
