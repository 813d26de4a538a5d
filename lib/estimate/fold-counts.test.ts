import { expect, test, vi } from "vitest";
import { newId } from "@/lib/core/id";
import { createClient } from "@/lib/db/client";
import { createPool } from "@/lib/db/pool";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { foldCounts } from "./fold-counts";

const { db, pool, url } = await testDatabase();
vi.setConfig({ testTimeout: 60_000 });

async function countedProject() {
  const sampled = await makeSampledProject(db);
  await storeOutputs({ db, pool }, sampled, [
    { externalId: "first", instant: new Date("2026-03-02T12:00:00Z") },
  ]);
  const projectId = sampled.project.id;
  await foldCounts(db, projectId);
  const [count] = await db.populationCount.findMany({ where: { projectId } });
  if (!count) throw new Error("Nothing was counted.");
  return { projectId, sourceId: sampled.sourceId, count };
}

type Counted = Awaited<ReturnType<typeof countedProject>>;

async function addCounters({ projectId, sourceId, count }: Counted, rows: number): Promise<void> {
  await pool.query(
    `INSERT INTO population_delta (project_id, epoch_id, stratum_id, day, attribute, value, outputs, weight)
     SELECT $1, $2, $3, '2026-03-02', 'area', 'a' || n % 5, 1, 2 FROM generate_series(1, $4::int) n`,
    [projectId, count.epochId, count.stratumId, rows],
  );
  await pool.query(
    `INSERT INTO ledger_delta (project_id, source_id, hour, received, accepted, flagged, duplicates, conflicts, quarantined, refused)
     SELECT $1, $2, '2026-03-02T12:00Z', 6, 1, 1, 1, 1, 1, 1 FROM generate_series(1, $3::int)`,
    [projectId, sourceId, rows],
  );
}

async function totals(projectId: string) {
  const population = await db.populationCount.aggregate({
    where: { projectId, attribute: "area" },
    _sum: { outputs: true, weight: true },
  });
  const ledger = await db.ledgerHour.aggregate({
    where: { projectId },
    _sum: { received: true, refused: true },
  });
  const left = await db.populationDelta.count({ where: { projectId } });
  const { outputs, weight } = population._sum;
  const { received, refused } = ledger._sum;
  return [Number(outputs), weight, Number(received), Number(refused), left];
}

test("eight folders beside six writers lose and double nothing", async () => {
  const counted = await countedProject();
  let writing = true;
  const folders = Array.from({ length: 8 }, async () => {
    while (writing) await foldCounts(db, counted.projectId);
  });
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let round = 0; round < 15; round += 1) await addCounters(counted, 10);
    }),
  );
  writing = false;
  await Promise.all(folders);
  await foldCounts(db, counted.projectId);
  expect(await totals(counted.projectId)).toEqual([900, 1800, 5400, 900, 0]);
  expect(await db.dirtyEpoch.count({ where: { projectId: counted.projectId } })).toBeGreaterThan(1);
});

test("folders whose connections are cut lose and double nothing", async () => {
  const counted = await countedProject();
  const name = `fold-${newId()}`;
  const victims = createPool(url, name, 3);
  const victimDb = createClient(victims);
  let folding = true;
  let cut = 0;
  const folders = Array.from({ length: 3 }, async () => {
    while (folding) await foldCounts(victimDb, counted.projectId).catch(() => (cut += 1));
  });
  for (let round = 0; round < 40; round += 1) {
    await addCounters(counted, 25);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 12));
    await pool.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1", [
      `assay-${name}`,
    ]);
  }
  folding = false;
  await Promise.all(folders);
  await victimDb.$disconnect();
  await victims.end();
  await foldCounts(db, counted.projectId);
  expect(cut).toBeGreaterThan(3);
  expect(await totals(counted.projectId)).toEqual([1000, 2000, 6000, 1000, 0]);
  report(`${cut} folds were cut off`);
});
