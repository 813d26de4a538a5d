import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test, vi } from "vitest";
import { refreshEstimate } from "@/lib/estimate/refresh-estimate";
import { report } from "@/lib/testing/console";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import { makeSampledProject, storeOutputs } from "@/lib/testing/store-outputs";
import { readBacktestResult } from "./queries";
import { startBacktest } from "./start-backtest";

const { db, pool, url } = await testDatabase();
vi.setConfig({ testTimeout: 300_000 });
const WORKER = fileURLToPath(new URL("../worker/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "assay-worker-"));
const children: ChildProcess[] = [];
const DRAWS = 120;

afterAll(async () => {
  for (const child of children.filter(
    ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
  )) {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  rmSync(folder, { recursive: true, force: true });
});

function startWorker(): ChildProcess {
  const env = { ...process.env, DATABASE_URL: url, ASSAY_DATA_DIR: folder, LOG_LEVEL: "error" };
  const child = spawn(process.execPath, ["--import", "tsx", WORKER], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  children.push(child);
  return child;
}

/** A pilot whose truth is known, and production of which nearly everything has been judged. */
async function labelledProject() {
  const sampled = await makeSampledProject(db, { plan: { reviewsPerWeek: 5_000 } });
  const projectId = sampled.project.id;
  const start = Date.UTC(2026, 0, 5);
  await storeOutputs(
    { db, pool },
    sampled,
    Array.from({ length: 4_000 }, (_, at) => ({
      externalId: `o ${at}`,
      input: { at },
      instant: new Date(start + at * 1_000_000),
      phase: at < 1_000 ? ("PILOT" as const) : ("PRODUCTION" as const),
      ...(at < 1_000 ? { truthScore: at % 9 === 0 ? 0 : 1 } : {}),
    })),
  );
  await pool.query(
    `UPDATE sample SET state = 'SETTLED', score = CASE WHEN random_number < 0.2 THEN 0 ELSE 1 END,
       verdict = CASE WHEN random_number < 0.2 THEN 'INCORRECT'::verdict ELSE 'CORRECT' END, settled_by = 'review'
     WHERE project_id = $1 AND state = 'QUEUED'`,
    [projectId],
  );
  await pool.query(
    "INSERT INTO dirty_epoch (project_id, epoch_id) SELECT project_id, id FROM epoch WHERE project_id = $1",
    [projectId],
  );
  await refreshEstimate(db, projectId);
  return contextFor(db, sampled.project);
}

const drawsDone = async (id: string) =>
  (await db.backtest.findFirstOrThrow({ where: { id }, select: { drawsDone: true } })).drawsDone;

test("a killed worker's backtest is taken over and ends with one result", async () => {
  const ctx = await labelledProject();
  const { id } = await startBacktest(ctx, {
    reviews_per_week: 100,
    draws: DRAWS,
    accepted_per_year: 0.5,
    compare: true,
  });
  const first = startWorker();
  await vi.waitFor(async () => expect(await drawsDone(id)).toBeGreaterThan(0), {
    timeout: 120_000,
    interval: 100,
  });
  first.kill("SIGKILL");
  await once(first, "exit");
  const reached = await drawsDone(id);
  expect(reached).toBeLessThan(DRAWS);
  expect((await readBacktestResult(ctx, id)).state).toBe("RUNNING");
  // Half a minute passes: nobody has seen the dead worker since.
  await pool.query("UPDATE heartbeat SET last_seen_at = last_seen_at - interval '1 minute'");
  await pool.query(
    "UPDATE graphile_worker._private_jobs SET locked_at = locked_at - interval '1 minute' WHERE locked_at IS NOT NULL",
  );
  startWorker();
  await vi.waitFor(async () => expect((await readBacktestResult(ctx, id)).state).toBe("DONE"), {
    timeout: 240_000,
    interval: 500,
  });
  const { result, draws_done: done, problem } = await readBacktestResult(ctx, id);
  expect(result?.history.pilot_outputs).toBe(1_000);
  expect(result?.history.outputs).toBeGreaterThan(3_000);
  expect({ done, draws: result?.draws, problem }).toEqual({ done: DRAWS, draws: DRAWS, problem: null });
  const { rows } = await pool.query("SELECT 1 FROM graphile_worker._private_jobs WHERE key = $1", [
    `backtest:${id}`,
  ]);
  report(`killed after ${reached} of ${DRAWS} draws; ${rows.length} jobs of it are left`);
});
