import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@/lib/db/client";
import type { PrismaClient } from "@/lib/db/generated/client";
import { createPool } from "@/lib/db/pool";
import { startEmbeddedPostgres } from "@/lib/dev/embedded-postgres";
import { type CutProxy, startCutProxy } from "./cut-proxy";

/** The built product as two processes on one database, behind one address. */
export interface TwoServers {
  origin: string;
  db: PrismaClient;
  proxy: CutProxy;
  /** Kills the one that answers, like the loss of its machine; the other goes on, and a new one is started. Null: not yet. */
  kill: () => (() => void) | null;
  kills: () => number;
  stop: () => Promise<void>;
}

const START_MINUTES = 8;
const SECRET = "a secret that both processes share, for tests only";

export async function startTwoServers(): Promise<TwoServers> {
  const folder = mkdtempSync(join(tmpdir(), "assay-never-lost-"));
  // Embedded PostgreSQL may run as another account, which must be able to pass through.
  chmodSync(folder, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, "postgres") });
  const proxy = await startCutProxy();
  const origin = `http://localhost:${proxy.port}`;
  const environment = {
    DATABASE_URL: postgres.url,
    ASSAY_DATA_DIR: folder,
    NEXTAUTH_SECRET: SECRET,
    ASSAY_URL: origin,
  };
  // The first one builds the pages when they are stale.
  const alive = [await startServer([join("lib", "dev", "start.mjs")], environment)];
  const another = () => startServer(["--import", "tsx", "server.ts"], environment);
  alive.push(await another());
  proxy.sendTo(alive[0]?.port ?? 0);
  const pool = createPool(postgres.url, "never-lost", 6);
  const db = createClient(pool);
  let starting: Promise<void> | null = null;
  let kills = 0;
  const replace = async () => {
    alive.push(await another());
    starting = null;
  };
  return {
    origin,
    db,
    proxy,
    kills: () => kills,
    kill: () => {
      if (starting || alive.length < 2) return null;
      return () => {
        kills += 1;
        alive.shift()?.child.kill("SIGKILL");
        proxy.sendTo(alive[0]?.port ?? 0);
        starting = replace();
      };
    },
    async stop() {
      await starting;
      for (const { child } of alive) {
        child.kill("SIGKILL");
        if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      }
      await proxy.close();
      await db.$disconnect();
      await pool.end();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startServer(
  args: string[],
  environment: Record<string, string>,
): Promise<{ child: ChildProcess; port: number }> {
  const port = await freePort();
  const child = spawn(process.execPath, args, {
    env: {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      PORT: String(port),
      HOST: "127.0.0.1",
      ASSAY_WORKER: "off",
      ASSAY_DEMO: "off",
      NODE_ENV: "production",
      LOG_LEVEL: "warn",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const orphan = () => child.kill("SIGKILL");
  process.once("exit", orphan);
  child.once("exit", () => process.removeListener("exit", orphan));
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-20_000);
    });
  const deadline = Date.now() + START_MINUTES * 60_000;
  while (Date.now() < deadline && child.exitCode === null) {
    if (/Assay is ready/.test(printed)) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (!/Assay is ready/.test(printed) || /is taken/.test(printed))
    throw new Error(`The product did not start on port ${port}:\n${printed}`);
  return { child, port };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
