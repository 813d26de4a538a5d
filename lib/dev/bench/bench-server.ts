import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import { newId } from "@/lib/core/id";
import { createClient } from "@/lib/db/client";
import type { PrismaClient } from "@/lib/db/generated/client";
import { createPool } from "@/lib/db/pool";
import { prepareDatabase } from "@/lib/db/prepare-database";
import { startEmbeddedPostgres } from "@/lib/dev/embedded-postgres";
import { makeApiKey } from "@/lib/project/make-api-key";
import type { SampledProject } from "@/lib/testing/store-outputs";

export interface BenchDatabase {
  db: PrismaClient;
  pool: pg.Pool;
  url: string;
  /** Processes that end with the benchmark. */
  children: ChildProcess[];
}

/** A durable database of its own for one benchmark, removed at its end. */
export async function withBenchDatabase<T>(
  connections: number,
  work: (database: BenchDatabase) => Promise<T>,
): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), "assay-bench-"));
  process.env.ASSAY_MASTER_KEY ??= randomBytes(32).toString("hex");
  const server = await startEmbeddedPostgres({ dataDir });
  const children: ChildProcess[] = [];
  try {
    await prepareDatabase(server.url);
    const pool = createPool(server.url, "bench", connections);
    const db = createClient(pool);
    const result = await work({ db, pool, url: server.url, children });
    await db.$disconnect();
    await pool.end();
    return result;
  } finally {
    for (const child of children) child.kill("SIGKILL");
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** A key that may send outputs. */
export async function makeBenchKey(db: PrismaClient, { project, sourceId }: SampledProject): Promise<string> {
  const { token, keyId, secretHash, lastFour } = makeApiKey();
  const key = { id: newId(), keyId, secretHash: new Uint8Array(secretHash), lastFour, name: "bench" };
  await db.apiKey.create({ data: { ...key, projectId: project.id, scopes: ["outputs:write"], sourceId } });
  return token;
}

/** Returns the port on which the server listens. */
export function startServer(
  mode: "assay" | "bare",
  { url, children }: Pick<BenchDatabase, "url" | "children">,
): Promise<number> {
  const child = startProcess(["./ingest-server.ts", mode], url);
  children.push(child);
  return new Promise((resolve, reject) => {
    child.once("message", ({ port }: { port: number }) => resolve(port));
    child.once("exit", () => reject(new Error(`The ${mode} server ended.`)));
  });
}

/** Processor time that a server has used so far. */
export function processorTime(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once("message", ({ processorMs }: { processorMs: number }) => resolve(processorMs));
    child.send("processor");
  });
}

export function startWorker({ url, children }: Pick<BenchDatabase, "url" | "children">): void {
  children.push(startProcess(["../../worker/main.ts"], url));
}

function startProcess([file = "", ...args]: string[], databaseUrl: string): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const env: Record<string, string | undefined> = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: "error",
  };
  return spawn(process.execPath, ["--import", "tsx", path, ...args], {
    env: { ...env, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}
