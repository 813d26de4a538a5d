import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";

export interface Postmaster {
  pid: number;
  port: number;
}

export function processAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  return !isZombie(pid);
}

/** In a container whose first process reaps nobody, a dead server keeps its number for ever. */
function isZombie(pid: number): boolean {
  try {
    return /^.*\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** The server that runs on this data folder, or null. A pid that now belongs to another program is not taken for it. */
export function runningPostmaster(data: string): Postmaster | null {
  const found = readPidFile(data);
  if (!found || !processAlive(found.pid)) return null;
  const command = commandLine(found.pid);
  if (command !== null && !(command.includes("postgres") && command.includes(data))) return null;
  return found;
}

/** `postmaster.pid`: pid, data folder, start time, port, … one a line. */
function readPidFile(data: string): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isSafeInteger(pid) || pid <= 0 || lines[1] !== data) return null;
  return { pid, port: Number.isSafeInteger(port) ? port : 0 };
}

/**
 * PostgreSQL refuses to start when the pid in its lock file is alive, even if that is now another program (a container
 * that starts again reuses pids). Removes the file only where /proc proves that no server and no backend of it is left.
 */
export function removeForeignPidFile(data: string): boolean {
  const found = readPidFile(data);
  if (!found || !processAlive(found.pid) || runningPostmaster(data)) return false;
  if (commandLine(found.pid) === null || backendsOf(data).length > 0) return false;
  rmSync(join(data, "postmaster.pid"), { force: true });
  return true;
}

/** Every server process works in its data folder, which /proc shows. */
export function backendsOf(data: string): number[] {
  const real = realpathSync(data);
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return readlinkSync(`/proc/${name}/cwd`) === real ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

function commandLine(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return null;
  }
}
