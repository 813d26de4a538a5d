import { expect, test } from "vitest";
import { newId } from "@/lib/core/id";
import { testDatabase } from "@/lib/testing/database";
import { makePerson } from "@/lib/testing/make-project";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { closeDueEpochs } from "./close-due-epochs";
import { expireSamples } from "./expire-samples";

const { db, pool } = await testDatabase();
const DAY_MS = 86_400_000;

async function queuedProject(clock: "LIVE" | "RECORDED", daysAgo: number) {
  const sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 700, expectedPerDay: 50 } });
  const instant = new Date(Date.now() - daysAgo * DAY_MS);
  const outputs = Array.from({ length: 50 }, (_, at) => ({ externalId: `o${at}`, instant }));
  await storeOutputs({ db, pool }, sampled, outputs, clock);
  return sampled.project.id;
}

const states = async (projectId: string) => {
  const rows = await db.sample.groupBy({ by: ["state"], where: { projectId }, _count: true });
  return new Map(rows.map((row) => [row.state, row._count]));
};

test("epochs of live traffic close after their day, those of a recorded stream when it rests", async () => {
  const live = await queuedProject("LIVE", 2);
  const recorded = await queuedProject("RECORDED", 900);
  const today = await queuedProject("LIVE", 0);
  const open = (projectId: string) => db.epoch.count({ where: { projectId, closedAt: null } });
  expect(await closeDueEpochs(db, new Date())).toBe(1);
  expect(await Promise.all([live, recorded, today].map(open))).toEqual([0, 1, 1]);
  expect(await closeDueEpochs(db, new Date(Date.now() + 3_700_000))).toBeGreaterThanOrEqual(1);
  expect(await open(recorded)).toBe(0);
});

test("what is too old to judge is withdrawn, except what somebody is at", async () => {
  const old = await queuedProject("LIVE", 20);
  const fresh = await queuedProject("LIVE", 3);
  const history = await queuedProject("RECORDED", 900);
  await closeDueEpochs(db, new Date(Date.now() + 3_700_000));
  const slot = await db.reviewSlot.findFirstOrThrow({ where: { projectId: old, state: "OPEN" } });
  const holder = await makePerson(db);
  await db.reviewSlot.updateMany({
    where: { projectId: old, id: slot.id },
    data: { holderId: holder.id, leaseToken: newId(), leaseExpiresAt: new Date(Date.now() + 60_000) },
  });
  const before = await states(old);
  const withdrawn = await expireSamples(db);
  expect(withdrawn).toBe((before.get("QUEUED") ?? 0) - 1);
  expect((await states(old)).get("QUEUED")).toBe(1);
  expect(await db.reviewSlot.count({ where: { projectId: old, state: "OPEN" } })).toBeLessThanOrEqual(1);
  for (const projectId of [fresh, history]) {
    expect((await states(projectId)).get("QUEUED") ?? 0).toBeGreaterThan(0);
  }
  expect(await expireSamples(db)).toBe(0);
});
