import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type pg from "pg";
import { createClient } from "@/lib/db/client";
import type { PrismaClient } from "@/lib/db/generated/client";
import { createPool } from "@/lib/db/pool";
import { startEmbeddedPostgres } from "@/lib/dev/embedded-postgres";

/** The product as people get it: built, started by its own start command, with a database of its own. */
export interface RunningProduct {
  origin: string;
  db: PrismaClient;
  pool: pg.Pool;
  /** What it has printed. */
  log: () => string;
  /** Takes the database away, while the product runs on. */
  stopDatabase: () => Promise<void>;
  stop: () => Promise<void>;
}

const START_MINUTES = 8;
const FAR_AHEAD = "2100-01-01T00:00:00.000Z";

/**
 * Builds the pages first when they are stale. No worker and no demo unless `env` says otherwise; that no worker runs is then not found
 * and told by the product, which would change what a test compares once it takes more than a minute. Its data are removed when it
 * stops, but for those in a folder of the caller's.
 */
export async function startProduct(
  env: Readonly<Record<string, string>> = {},
  keptIn?: string,
): Promise<RunningProduct> {
  if (keptIn !== undefined) mkdirSync(keptIn, { recursive: true });
  const folder = keptIn === undefined ? mkdtempSync(join(tmpdir(), "assay-running-")) : resolve(keptIn);
  // Embedded PostgreSQL may run as another account, which must be able to pass through.
  chmodSync(folder, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, "postgres") });
  const child = spawn(process.execPath, [join("lib", "dev", "start.mjs")], {
    env: {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      PORT: "0",
      DATABASE_URL: postgres.url,
      ASSAY_DATA_DIR: folder,
      ASSAY_WORKER: "off",
      ASSAY_DEMO: "off",
      NODE_ENV: "production",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const orphan = () => child.kill("SIGKILL");
  process.once("exit", orphan);
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-200_000);
    });
  const origin = await readyAddress(child, () => printed);
  const pool = createPool(postgres.url, "running-product", 4);
  const db = createClient(pool);
  if (env.ASSAY_WORKER === undefined) await neverMissWorkers(pool);
  return {
    origin,
    db,
    pool,
    log: () => printed,
    async stopDatabase() {
      // Its own connections would hear of it as an error that nobody expects.
      await db.$disconnect();
      await pool.end();
      await postgres.stop();
    },
    async stop() {
      process.removeListener("exit", orphan);
      child.kill("SIGINT");
      if (child.exitCode === null) await once(child, "exit");
      await db.$disconnect();
      if (!pool.ended) await pool.end();
      await postgres.stop();
      if (keptIn === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whoever looks has begun to look only now, for ever. */
async function neverMissWorkers(pool: pg.Pool): Promise<void> {
  await pool.query(
    `INSERT INTO heartbeat (name, last_seen_at, details) VALUES ('watch', $1::timestamptz, jsonb_build_object('since', $2::text))
     ON CONFLICT (name) DO UPDATE SET last_seen_at = excluded.last_seen_at, details = excluded.details`,
    [FAR_AHEAD, FAR_AHEAD],
  );
}

async function readyAddress(child: ChildProcess, printed: () => string): Promise<string> {
  const deadline = Date.now() + START_MINUTES * 60_000;
  while (Date.now() < deadline) {
    const found = /Assay is ready: (\S+)/.exec(printed())?.[1];
    if (found) return found;
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill("SIGKILL");
  throw new Error(`The product did not start:\n${printed().slice(-3000)}`);
}
