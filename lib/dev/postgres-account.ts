import { type SpawnOptions, spawnSync } from "node:child_process";
import { chownSync, lchownSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { binariesIn, completeBinaries, copyBinaries, type PostgresBinaries } from "./postgres-binaries";

/** How PostgreSQL is started here: it refuses to run as root, so root needs another account or a user namespace. */
export interface Runner {
  kind: "plain" | "account" | "namespace";
  binaries: PostgresBinaries;
  /** Who must own the data files: undefined where we are not root. */
  owner?: { uid: number; gid: number };
  command(program: string, args: string[]): { file: string; args: string[]; options: SpawnOptions };
}

const ACCOUNTS = ["postgres", "nobody"];

/** Picks the first way that was seen to work. `folder` is the folder that will hold the data. */
export function chooseRunner(native: string, folder: string): Runner {
  if (process.getuid?.() !== 0) return plainRunner(usableBinaries(native, folder));
  const refused: string[] = [];
  for (const runner of ownerFirst(rootRunners(native, folder), folder)) {
    const problem = tryRunner(runner, folder);
    if (problem === null) return runner;
    refused.push(`${describe(runner)}: ${problem}`);
  }
  throw new Error(
    `The embedded PostgreSQL cannot run here as root.\n${refused.map((line) => `  - ${line}`).join("\n")}\n` +
      "Set DATABASE_URL to a PostgreSQL 15 or newer, or ASSAY_DATA_DIR to a folder that another account may enter, " +
      "or start as an ordinary user.",
  );
}

function* rootRunners(native: string, folder: string): Generator<Runner> {
  const complete = completeBinaries(native);
  const accounts = readAccounts();
  if (complete) {
    for (const account of accounts) yield accountRunner(binariesIn(native), account);
    yield namespaceRunner(binariesIn(native));
  }
  const copy = binariesIn(copyBinaries(native, join(folder, "binaries")));
  for (const account of accounts) yield accountRunner(copy, account);
  if (!complete) yield namespaceRunner(copy);
}

function usableBinaries(native: string, folder: string): PostgresBinaries {
  return binariesIn(completeBinaries(native) ? native : copyBinaries(native, join(folder, "binaries")));
}

function plainRunner(binaries: PostgresBinaries): Runner {
  return { kind: "plain", binaries, command: (file, args) => ({ file, args, options: {} }) };
}

function accountRunner(binaries: PostgresBinaries, owner: { uid: number; gid: number }): Runner {
  return {
    kind: "account",
    binaries,
    owner,
    command: (file, args) => ({ file, args, options: { ...owner } }),
  };
}

function namespaceRunner(binaries: PostgresBinaries): Runner {
  return {
    kind: "namespace",
    binaries,
    owner: { uid: 0, gid: 0 },
    command: (file, args) => ({
      file: "unshare",
      args: ["-U", "--map-user=1000", file, ...args],
      options: {},
    }),
  };
}

/** The way that already owns the files goes first, so that a large cluster is not handed to and fro at each start. */
function* ownerFirst(runners: Iterable<Runner>, folder: string): Generator<Runner> {
  const uid = statSync(join(folder, "cluster", "data"), { throwIfNoEntry: false })?.uid;
  const later: Runner[] = [];
  for (const runner of runners) {
    if (uid === undefined || runner.owner?.uid === uid) yield runner;
    else later.push(runner);
  }
  yield* later;
}

/** Runs the real binary, and enters the folder around the data, as the account that would be used. */
function tryRunner(runner: Runner, folder: string): string | null {
  const checks = [
    runner.command("/bin/sh", ["-c", 'cd "$1"', "sh", folder]),
    runner.command(runner.binaries.postgres, ["--version"]),
  ];
  for (const check of checks) {
    const result = spawnSync(check.file, check.args, {
      ...check.options,
      encoding: "utf8",
      timeout: 20_000,
      cwd: "/",
    });
    if (result.error) return result.error.message;
    if (result.status !== 0) return (result.stderr || `ended with ${result.status}`).trim();
  }
  return null;
}

/** Gives a file, or a folder and all in it, to the account that runs PostgreSQL. Never under a running server. */
export function giveTo(runner: Runner, path: string): void {
  const owner = runner.owner;
  const stat = statSync(path);
  if (!owner || stat.uid === owner.uid) return;
  const inside = stat.isDirectory() ? readdirSync(path, { recursive: true, encoding: "utf8" }) : [];
  for (const name of inside) lchownSync(join(path, name), owner.uid, owner.gid);
  chownSync(path, owner.uid, owner.gid);
}

function readAccounts(): { uid: number; gid: number }[] {
  let text: string;
  try {
    text = readFileSync("/etc/passwd", "utf8");
  } catch {
    return [];
  }
  const rows = text.split("\n").map((line) => line.split(":"));
  return ACCOUNTS.flatMap((name) => {
    const row = rows.find((fields) => fields[0] === name);
    const uid = Number(row?.[2]);
    const gid = Number(row?.[3]);
    return row && uid > 0 && gid > 0 ? [{ uid, gid }] : [];
  });
}

function describe(runner: Runner): string {
  const where = dirname(runner.binaries.native);
  if (runner.kind === "namespace") return `in a user namespace, from ${where}`;
  return `as account ${runner.owner?.uid ?? "?"}, from ${where}`;
}
