import { spawn } from "node:child_process";
import { closeSync, copyFileSync, openSync, readFileSync, statSync, truncateSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import type { Runner } from "./postgres-account";
import { type ClusterFolders, ROLE, readPassword, serverEnvironment } from "./postgres-cluster";
import { processAlive, removeForeignPidFile, runningPostmaster } from "./postgres-pidfile";

const LOG_LIMIT_BYTES = 8 * 1024 * 1024;

export interface LaunchOptions {
  folders: ClusterFolders;
  runner: Runner;
  port: number;
  durable: boolean;
}

/** Two cores, a laptop's memory, and other programs beside it. */
const SETTINGS: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "192MB",
  effective_cache_size: "1GB",
  work_mem: "8MB",
  maintenance_work_mem: "128MB",
  // One helper per query: parallel hash tables live in /dev/shm, which is 64 MB in a container.
  max_parallel_workers_per_gather: "1",
  random_page_cost: "1.1",
  jit: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  wal_buffers: "16MB",
  max_wal_size: "2GB",
  checkpoint_timeout: "15min",
  recovery_init_sync_method: "syncfs",
  idle_in_transaction_session_timeout: "5min",
  timezone: "UTC",
  log_timezone: "UTC",
  // Failed statements are the caller's business, and their text and details hold payloads.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_checkpoints: "off",
  log_autovacuum_min_duration: "-1",
};

const DURABLE: Record<string, string> = { fsync: "on", full_page_writes: "on", synchronous_commit: "on" };
const FORGETFUL: Record<string, string> = {
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
};

/** syncfs exists on Linux only; elsewhere the server would refuse to start. */
function settings(durable: boolean): string[] {
  const all = { ...SETTINGS, ...(durable ? DURABLE : FORGETFUL) };
  if (process.platform !== "linux") delete all["recovery_init_sync_method"];
  return Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/**
 * Starts the server and waits until it takes connections. After a hard kill the old backends may live for a moment and
 * the new server refuses: so it is tried again until the deadline.
 */
export async function launchServer(options: LaunchOptions, seconds: number = 60): Promise<number> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const port = options.port || (await freePort());
    const problem = await launchOnce(options, port, deadline);
    const running = runningPostmaster(options.folders.data);
    if (running && (await connectable(options.folders, running.port))) return running.port;
    if (problem === null) continue;
    if (performance.now() > deadline) throw new Error(`The embedded PostgreSQL did not start.\n${problem}`);
    if (!removeForeignPidFile(options.folders.data)) await pause(300);
  }
}

/** Returns null when the server answers, else the end of its log. */
async function launchOnce(options: LaunchOptions, port: number, deadline: number): Promise<string | null> {
  const { folders, runner } = options;
  const output = openSync(folders.log, "a", 0o600);
  const start = statSync(folders.log).size;
  const command = runner.command(runner.binaries.postgres, [
    "-D",
    folders.data,
    "-p",
    String(port),
    ...settings(options.durable),
  ]);
  const child = spawn(command.file, command.args, {
    ...command.options,
    cwd: "/",
    detached: true,
    env: serverEnvironment(),
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  let ended: string | null = null;
  child.on("error", (error) => (ended = error.message));
  child.on("exit", (code, signal) => (ended = `ended with ${code ?? signal}`));
  child.unref();
  while (ended === null && performance.now() < deadline) {
    if (await connectable(folders, port)) return null;
    await pause(20);
  }
  return `${ended ?? "no answer"}\n${readFileSync(folders.log, "utf8").slice(start).trim()}`;
}

export function connectionUrl(folders: ClusterFolders, port: number): string {
  return `postgresql://${ROLE}:${readPassword(folders)}@127.0.0.1:${port}/${ROLE}`;
}

/** True when the server behind this port takes our password and serves our folder: the port alone proves nothing. */
export async function connectable(folders: ClusterFolders, port: number): Promise<boolean> {
  if (port === 0) return false;
  const client = new Client({
    connectionString: connectionUrl(folders, port),
    connectionTimeoutMillis: 2000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Fast shutdown: open transactions are rolled back, a checkpoint is written. */
export async function stopServer(folders: ClusterFolders, seconds: number = 30): Promise<void> {
  const running = runningPostmaster(folders.data);
  if (!running) return;
  const deadline = performance.now() + seconds * 1000;
  process.kill(running.pid, "SIGINT");
  while (processAlive(running.pid)) {
    if (performance.now() > deadline)
      throw new Error(`The embedded PostgreSQL (pid ${running.pid}) does not stop.`);
    await pause(20);
  }
}

/** The server writes its log through our descriptor, opened for appending: cutting the file is safe while it runs. */
export function boundLog(folders: ClusterFolders): void {
  const size = statSync(folders.log, { throwIfNoEntry: false })?.size ?? 0;
  if (size < LOG_LIMIT_BYTES) return;
  copyFileSync(folders.log, `${folders.log}.1`);
  truncateSync(folders.log);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}
