import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface SourceFile {
  /** Relative to the project, with forward slashes: `lib/stats/interval.ts`. */
  path: string;
  text: string;
}

const FOLDERS = ["app", "components", "lib", "e2e"];
const SKIPPED = new Set([
  ".git",
  "node_modules",
  "generated",
  ".next",
  "test-results",
  "playwright-report",
  "next-env.d.ts",
]);

/** Every TypeScript source of ours: the four folders and the files at the top. */
export function readSources(root: string): SourceFile[] {
  const top = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = [...top.map(({ name }) => name), ...FOLDERS.flatMap((folder) => listFiles(root, folder))];
  return paths
    .filter((path) => /\.(ts|tsx)$/.test(path) && path !== "next-env.d.ts")
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** Paths of all files below a folder, relative to the root. A folder that is not there holds none. */
export function listFiles(root: string, folder: string): string[] {
  let entries: ReturnType<typeof readNames>;
  try {
    entries = readNames(join(root, folder));
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    if (SKIPPED.has(entry.name) || entry.name.startsWith(".data")) return [];
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? listFiles(root, path) : [path];
  });
}

function readNames(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.startsWith("e2e/") || /(^|\/)testing\//.test(path);
}
