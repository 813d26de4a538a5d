import { expect, test, vi } from "vitest";
import { closeEpochs } from "@/lib/sampling/close-epoch";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { judgeSample } from "@/lib/testing/judge-samples";
import { makeSampledProject, type StoredOutput, storeOutputs } from "@/lib/testing/store-outputs";
import { foldCounts } from "./fold-counts";
import { refreshEstimate } from "./refresh-estimate";
import { verifyEstimates } from "./verify-estimates";

const { db, pool } = await testDatabase();
vi.setConfig({ testTimeout: 180_000 });
const DAY_MS = 86_400_000;
const start = Date.UTC(2026, 3, 27, 9);
const SEEDS = 4;
const STEPS = 45;

/** Lehmer's generator: the same steps for the same seed. */
function dice(seed: number): (sides: number) => number {
  let state = seed * 7919 + 1;
  return (sides) => {
    state = (state * 48271) % 2147483647;
    return state % sides;
  };
}

function randomOutputs(roll: (sides: number) => number, day: number, from: number): StoredOutput[] {
  return Array.from({ length: 5 + roll(40) }, (_, at) => ({
    externalId: `o${from + at}`,
    instant: new Date(start + (day - roll(2)) * DAY_MS + roll(80_000) * 1000),
    phase: day < 4 ? ("PILOT" as const) : ("PRODUCTION" as const),
    segments: { area: `a${roll(3)}`, ...(roll(2) ? { kind: `k${roll(2)}` } : {}) },
    flagged: roll(9) === 0,
    cluster: roll(5) === 0 ? `c${roll(6)}` : null,
    sourceProbability: roll(4) === 0 ? 0.5 : 1,
    ...(day < 4 && roll(3) === 0 ? { truthScore: roll(2) } : {}),
  }));
}

async function judgeSome(projectId: string, roll: (sides: number) => number): Promise<number> {
  const samples = await db.sample.findMany({ where: { projectId }, orderBy: { outputId: "asc" } });
  let judged = 0;
  for (let count = roll(12); count > 0 && samples.length > 0; count -= 1) {
    const sample = samples[roll(samples.length)];
    if (!sample || sample.settledBy === "truth" || sample.state === "WITHDRAWN") continue;
    const decision = ([1, 0, 0.5, "unsure", "undo"] as const)[roll(5)] ?? 1;
    await judgeSample(db, sample, decision);
    judged += 1;
  }
  return judged;
}

async function walk(seed: number): Promise<{ checks: number; cells: number }> {
  const roll = dice(seed);
  const sampled = await makeSampledProject(db, {
    plan: { reviewsPerWeek: 100 + roll(400), attribute: seed % 2 ? "area" : null, expectedPerDay: 30 },
  });
  const projectId = sampled.project.id;
  let [day, sent, checks, cells] = [1, 0, 0, 0];
  for (let step = 0; step < STEPS; step += 1) {
    const act = roll(10);
    if (act < 4) {
      const outputs = randomOutputs(roll, day, sent);
      sent += outputs.length;
      await storeOutputs({ db, pool }, sampled, outputs);
      day += roll(2);
    } else if (act < 7) await judgeSome(projectId, roll);
    else if (act === 7) await closeEpochs(db, projectId, "RECORDED", new Date(start + (day - 1) * DAY_MS));
    else if (act === 8) await foldCounts(db, projectId);
    else {
      // Storing marks no epoch: the counters do, once they are folded.
      await foldCounts(db, projectId);
      await refreshEstimate(db, projectId);
      const verified = await verifyEstimates(db, projectId);
      expect(verified.differences).toEqual([]);
      checks += 1;
      cells = verified.cells;
    }
  }
  await foldCounts(db, projectId);
  await refreshEstimate(db, projectId);
  const verified = await verifyEstimates(db, projectId);
  expect(verified.differences).toEqual([]);
  expect(verified.pending).toBe(0);
  return { checks: checks + 1, cells: Math.max(cells, verified.cells) };
}

test("after any order of ingest, review, undo, fold and close the cells equal a recount", async () => {
  let [checks, cells] = [0, 0];
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const walked = await walk(seed);
    checks += walked.checks;
    cells += walked.cells;
  }
  expect(checks).toBeGreaterThan(SEEDS * 2);
  expect(cells).toBeGreaterThan(SEEDS * 50);
  report(`${SEEDS} walks of ${STEPS} steps: ${checks} recounts, ${cells} cells at the ends`);
});
