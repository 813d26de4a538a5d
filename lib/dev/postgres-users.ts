import { randomBytes } from "node:crypto";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { processAlive } from "./postgres-pidfile";

/** A process that uses the embedded server, as a file that it touches. The last one to leave stops the server. */
export interface Membership {
  touch(): void;
  leave(): void;
  othersRemain(): boolean;
}

const FOREIGN_SECONDS = 10;

export function joinUsers(folder: string): Membership {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${process.pid}-${randomBytes(4).toString("hex")}`);
  const write = () => writeFileSync(file, place(), { mode: 0o600 });
  write();
  return {
    touch() {
      try {
        utimesSync(file, new Date(), new Date());
      } catch {
        write();
      }
    },
    leave: () => rmSync(file, { force: true }),
    othersRemain: () => users(folder).some((user) => user.file !== file && user.alive),
  };
}

/**
 * Two containers that share a folder do not see each other's processes, and two servers on one folder destroy it.
 * So a user from elsewhere who was there a moment ago is waited for, and is an error when it stays.
 */
export async function refuseForeignUsers(
  folder: string,
  seconds: number = FOREIGN_SECONDS * 1.5,
): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (users(folder).some((user) => user.foreign && user.alive)) {
    if (performance.now() > deadline) {
      throw new Error(
        `Another container or machine is using the database in ${folder}. Only one may: stop it, or set DATABASE_URL to a shared PostgreSQL.`,
      );
    }
    await pause(250);
  }
}

interface User {
  file: string;
  foreign: boolean;
  alive: boolean;
}

function users(folder: string): User[] {
  return readdirSync(folder).flatMap((name) => {
    const file = join(folder, name);
    try {
      const foreign = readFileSync(file, "utf8") !== place();
      const seen = Date.now() - statSync(file).mtimeMs < FOREIGN_SECONDS * 1000;
      const alive = foreign ? seen : processAlive(Number.parseInt(name, 10));
      if (!alive) rmSync(file, { force: true });
      return [{ file, foreign, alive }];
    } catch {
      return [];
    }
  });
}

/** Where a process number has its meaning: this host and this process namespace. */
function place(): string {
  try {
    return `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}
