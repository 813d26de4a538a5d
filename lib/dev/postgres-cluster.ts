import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { giveTo, type Runner } from "./postgres-account";
import { processAlive } from "./postgres-pidfile";

export const ROLE = "assay";

/** `cluster` holds data and password together: one rename makes both appear, so they can never be parted. */
export interface ClusterFolders {
  root: string;
  cluster: string;
  data: string;
  password: string;
  users: string;
  log: string;
}

export function clusterFolders(root: string): ClusterFolders {
  const cluster = join(root, "cluster");
  return {
    root,
    cluster,
    data: join(cluster, "data"),
    password: join(cluster, "password"),
    users: join(root, "users"),
    log: join(root, "postgres.log"),
  };
}

export function clusterExists(folders: ClusterFolders): boolean {
  return existsSync(join(folders.data, "PG_VERSION"));
}

export function readPassword(folders: ClusterFolders): string {
  return readFileSync(folders.password, "utf8").trim();
}

/**
 * Makes the cluster in a draft folder and renames it into place when it is complete: an interrupted first start leaves
 * nothing that looks like a cluster, and of two simultaneous first starts one wins and the other uses its result.
 */
export function createCluster(folders: ClusterFolders, runner: Runner, durable: boolean): void {
  removeInterrupted(folders);
  const draft = join(folders.root, `initdb-${process.pid}-${randomBytes(4).toString("hex")}`);
  const data = join(draft, "data");
  const password = randomBytes(24).toString("base64url");
  try {
    mkdirSync(draft, { mode: 0o711 });
    mkdirSync(data, { mode: 0o700 });
    giveTo(runner, data);
    runInitdb(draft, runner, durable);
    createDatabase(data, runner, password);
    writeFileSync(join(draft, "password"), `${password}\n`, { mode: 0o600, flag: "wx" });
    renameSync(draft, folders.cluster);
  } catch (error) {
    if (!clusterExists(folders)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function removeInterrupted(folders: ClusterFolders): void {
  for (const name of readdirSync(folders.root)) {
    const maker = /^initdb-(\d+)-/.exec(name)?.[1];
    if (maker && !processAlive(Number(maker)))
      rmSync(join(folders.root, name), { recursive: true, force: true });
  }
  if (!existsSync(folders.cluster) || clusterExists(folders)) return;
  const aside = join(folders.root, `initdb-${process.pid}-${randomBytes(4).toString("hex")}`);
  renameSync(folders.cluster, aside);
  if (existsSync(join(aside, "data", "PG_VERSION"))) renameSync(aside, folders.cluster);
  else rmSync(aside, { recursive: true, force: true });
}

function runInitdb(draft: string, runner: Runner, durable: boolean): void {
  // Nobody needs the superuser: its password is forgotten, single-user mode remains for emergencies.
  const passwordFile = join(draft, "superuser");
  writeFileSync(passwordFile, randomBytes(24).toString("base64url"), { mode: 0o600, flag: "wx" });
  giveTo(runner, passwordFile);
  const args = [
    `--pgdata=${join(draft, "data")}`,
    `--pwfile=${passwordFile}`,
    "--username=postgres",
    "--auth=scram-sha-256",
    "--data-checksums",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
    ...(durable ? [] : ["--no-sync"]),
  ];
  run(runner, runner.binaries.initdb, args, "");
  rmSync(passwordFile);
}

/** The product's own role owns its database and is no superuser. */
function createDatabase(data: string, runner: Runner, password: string): void {
  const statements = [
    `CREATE ROLE ${ROLE} LOGIN CREATEDB CREATEROLE PASSWORD '${password}';`,
    `CREATE DATABASE ${ROLE} OWNER ${ROLE};`,
  ];
  const args = ["--single", "-D", data, "-c", "exit_on_error=on", "-c", "log_min_messages=fatal", "postgres"];
  run(runner, runner.binaries.postgres, args, `${statements.join("\n")}\n`);
}

function run(runner: Runner, program: string, args: string[], input: string): void {
  const command = runner.command(program, args);
  const result = spawnSync(command.file, command.args, {
    ...command.options,
    input,
    encoding: "utf8",
    cwd: "/",
    env: serverEnvironment(),
    timeout: 120_000,
  });
  if (result.error) throw new Error(`${program} did not start: ${result.error.message}`);
  if (result.status !== 0) {
    throw new Error(
      `${program} ended with ${result.status ?? result.signal}: ${(result.stderr || result.stdout).trim()}`,
    );
  }
}

/** Nothing of our own environment reaches the database server: it holds secrets and PG* variables. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env;
  return { NODE_ENV: "production", LC_ALL: "C", TZ: "UTC", PATH, SystemRoot, TEMP };
}
