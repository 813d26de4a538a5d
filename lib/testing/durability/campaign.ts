import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { newId } from "@/lib/core/id";
import { createClient } from "@/lib/db/client";
import { createPool } from "@/lib/db/pool";
import { startEmbeddedPostgres } from "@/lib/dev/embedded-postgres";
import { makeApiKey } from "@/lib/project/make-api-key";
import { seededRandom } from "@/lib/stats/testing/seeded-random";
import { makeSampledProject } from "@/lib/testing/store-outputs";
import { checkHistory, type HistoryReport } from "./check-history";
import { createInstance, type Instance } from "./instance";
import { type Operation, openHistory, readHistory } from "./operation";
import { produce } from "./producer";
import { readStoredState } from "./stored-state";

export const TARGETS = ["app", "database", "both"] as const;
export type Target = (typeof TARGETS)[number];

export interface CampaignOptions {
  seed: number;
  /** What is killed, in this order. */
  kills: readonly Target[];
  /** The control; see app-process.ts. */
  forgetful?: boolean;
}

export interface CampaignResult extends HistoryReport {
  kills: number;
  seconds: number;
  /** From each kill to the first request after it that was acknowledged. */
  recoverySeconds: number[];
  /** Answers that are neither 202 nor 503, by status. */
  otherStatuses: Record<string, number>;
  rewritten: number;
  /** Requests whose answer never came. */
  cutOff: number;
  /** The evidence: history, log and database. Removed when nothing was found. */
  folder: string;
}

const PRODUCERS = 8;
const RECOVERY_SECONDS = 60;

/** Senders write while app and database are killed again and again; then what was promised is compared with what is there. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "assay-durability-"));
  const masterKey = process.env.ASSAY_MASTER_KEY ?? randomBytes(32).toString("hex");
  process.env.ASSAY_MASTER_KEY = masterKey;
  const instance = createInstance({ folder, masterKey, forgetful: options.forgetful ?? false });
  const historyPath = join(folder, "history.ndjson");
  try {
    await instance.start();
    const { projectId, token } = await prepareProject(instance.databaseUrl());
    const recoverySeconds = await produceUnderKills(instance, options, token, historyPath);
    await instance.stop();
    const history = readHistory(historyPath);
    const report = checkHistory(history, await readAtRest(folder, projectId));
    if (report.findings.length === 0) rmSync(folder, { recursive: true });
    return {
      ...report,
      kills: options.kills.length,
      seconds: (performance.now() - started) / 1000,
      recoverySeconds,
      otherStatuses: countOtherStatuses(history),
      rewritten: instance.rewritten(),
      cutOff: history.filter(({ outcome, status }) => outcome === "unknown" && status === null).length,
      folder,
    };
  } finally {
    await instance.stop();
  }
}

async function prepareProject(url: string): Promise<{ projectId: string; token: string }> {
  const pool = createPool(url, "test", 2);
  const db = createClient(pool);
  try {
    const plan = { reviewsPerWeek: 20_000, expectedPerDay: 20_000, attribute: "region" };
    const { project, sourceId } = await makeSampledProject(db, { plan, recorded: false });
    const { token, ...key } = makeApiKey();
    const scopes = ["outputs:write"];
    await db.apiKey.create({
      data: {
        projectId: project.id,
        id: newId(),
        sourceId,
        name: "durability",
        scopes,
        ...key,
        secretHash: new Uint8Array(key.secretHash),
      },
    });
    return { projectId: project.id, token };
  } finally {
    await db.$disconnect();
    await pool.end();
  }
}

async function produceUnderKills(
  instance: Instance,
  { seed, kills }: CampaignOptions,
  token: string,
  historyPath: string,
): Promise<number[]> {
  const history = openHistory(historyPath);
  let over = false;
  let failure: unknown = null;
  let lastOkStart = 0;
  const append = (operation: Operation) => {
    history.append(operation);
    if (operation.outcome === "ok") lastOkStart = Math.max(lastOkStart, operation.start);
  };
  const producers = Array.from({ length: PRODUCERS }, (_, process) =>
    produce({
      process,
      random: seededRandom(seed * 100 + process),
      token,
      port: instance.port,
      append,
      stopped: () => over,
    }).catch((error: unknown) => (failure ??= error)),
  );
  const recoverySeconds: number[] = [];
  const random = seededRandom(seed);
  try {
    for (const target of kills) {
      await pause(400 + random() * 1100);
      const at = performance.now();
      await strike(instance, target);
      while (lastOkStart < at) {
        if (failure) throw failure;
        if (performance.now() - at > RECOVERY_SECONDS * 1000)
          throw new Error(
            `Nothing was acknowledged for ${RECOVERY_SECONDS} s after killing ${target}.\n${instance.logTail()}`,
          );
        await pause(20);
      }
      recoverySeconds.push((performance.now() - at) / 1000);
    }
    await pause(500);
  } finally {
    over = true;
    await Promise.all(producers);
    history.close();
  }
  if (failure) throw failure;
  return recoverySeconds;
}

async function strike(instance: Instance, target: Target): Promise<void> {
  if (target === "database") {
    if ((await instance.killDatabase()) === 0) throw new Error("There was no database to kill.");
    return;
  }
  await Promise.all([instance.killApp(), target === "both" ? instance.killDatabase() : 0]);
  await instance.start();
}

/** By a server of our own on the same folder: everything the product knew is gone, only what it stored counts. */
async function readAtRest(folder: string, projectId: string) {
  const server = await startEmbeddedPostgres({ dataDir: join(folder, "postgres"), supervise: false });
  const pool = createPool(server.url, "test", 1);
  try {
    return await readStoredState(pool, projectId);
  } finally {
    await pool.end();
    await server.stop();
  }
}

function countOtherStatuses(history: readonly Operation[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of history) {
    if (status !== null && status !== 202 && status !== 503) counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}
