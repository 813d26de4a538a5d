import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { clusterFolders } from "@/lib/dev/postgres-cluster";
import { backendsOf, runningPostmaster } from "@/lib/dev/postgres-pidfile";
import type { AppMessage } from "./app-process";

export interface InstanceOptions {
  folder: string;
  masterKey: string;
  /** The control: acknowledges before the commit is on disk. */
  forgetful: boolean;
}

/** The product as a process with a database of its own, in a folder of its own. */
export interface Instance {
  port: () => number;
  databaseUrl(): string;
  /** How often the control took the durability out of a statement; 0 means that it controls nothing. */
  rewritten(): number;
  start(): Promise<void>;
  killApp(): Promise<void>;
  killDatabase(): Promise<number>;
  stop(): Promise<void>;
  logTail(): string;
}

const START_SECONDS = 90;
const ENTRY = fileURLToPath(new URL("./app-process.ts", import.meta.url));

export function createInstance({ folder, masterKey, forgetful }: InstanceOptions): Instance {
  const logPath = join(folder, "app.log");
  const data = clusterFolders(join(folder, "postgres")).data;
  let child: ChildProcess | null = null;
  let ready: { port: number; databaseUrl: string } | null = null;
  let isReady = false;
  let rewritten = 0;
  const known = () => {
    if (!ready) throw new Error("The product was not started.");
    return ready;
  };
  const logTail = () => readFileSync(logPath, "utf8").slice(-3000);
  return {
    port: () => known().port,
    databaseUrl: () => known().databaseUrl,
    rewritten: () => rewritten,
    logTail,
    async start() {
      isReady = false;
      const log = openSync(logPath, "a");
      const args = ["--import", "tsx", ENTRY, ...(forgetful ? ["--forgetful"] : [])];
      child = spawn(process.execPath, args, {
        env: childEnvironment(folder, masterKey),
        stdio: ["ignore", log, log, "ipc"],
      });
      closeSync(log);
      child.on("message", (message: AppMessage) => {
        if ("ready" in message) {
          // Until then senders try the port of the one before, and find nobody there.
          ready = message.ready;
          isReady = true;
        } else rewritten += message.rewritten;
      });
      await untilReady(child, () => isReady, logTail);
    },
    async killApp() {
      if (!child || child.exitCode !== null) throw new Error(`The product ended by itself.\n${logTail()}`);
      child.kill("SIGKILL");
      await once(child, "exit");
    },
    killDatabase: () => killDatabase(data),
    async stop() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.disconnect();
      const killer = setTimeout(() => child?.kill("SIGKILL"), 40_000);
      await exited;
      clearTimeout(killer);
    },
  };
}

function childEnvironment(folder: string, masterKey: string): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return {
    PATH,
    HOME,
    TZ: "UTC",
    NODE_ENV: "production",
    LOG_LEVEL: "error",
    ASSAY_DATA_DIR: folder,
    ASSAY_MASTER_KEY: masterKey,
  };
}

async function untilReady(child: ChildProcess, isReady: () => boolean, logTail: () => string): Promise<void> {
  const deadline = performance.now() + START_SECONDS * 1000;
  while (!isReady()) {
    if (child.exitCode !== null || child.signalCode !== null || performance.now() > deadline)
      throw new Error(`The product did not start.\n${logTail()}`);
    await pause(20);
  }
}

/**
 * Postmaster first, so that it starts nothing new, and at once every process that works in this data folder: none gets the time
 * to notice and to end in order. Returns how many there were.
 */
async function killDatabase(data: string): Promise<number> {
  const postmaster = runningPostmaster(data);
  if (!postmaster) return 0;
  const killed = new Set<number>();
  for (let left = [postmaster.pid, ...backendsOf(data)]; left.length > 0; left = backendsOf(data)) {
    for (const pid of left) kill(pid);
    for (const pid of left) killed.add(pid);
    await pause(5);
  }
  return killed.size;
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
