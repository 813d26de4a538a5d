import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { gzipSync } from "node:zlib";
import { ROOT } from "./prepare.mjs";

/* How much JavaScript a page asks for before anybody does anything, beyond what every page of Next and React has. Standard library only. */

/**
 * Page → most bytes, gzipped.
 * @type {Record<string, number>}
 */
const BUDGETS = {
  "(app)/[project]/review": 60_000,
  "(app)/[project]/review/adjudicate": 60_000,
};

/** The files that a page's HTML names, without the ones that Next and React bring to every page. */
export function pageScripts(buildFolder, page) {
  const manifest = join(buildFolder, "server/app", page, "page_client-reference-manifest.js");
  const scope = { globalThis: { __RSC_MANIFEST: {} } };
  vm.runInNewContext(readFileSync(manifest, "utf8"), scope);
  const [found] = Object.values(scope.globalThis.__RSC_MANIFEST);
  const entries = Object.entries(found?.entryJSFiles ?? {});
  const own = entries.find(([entry]) => entry.endsWith(`/app/${page}/page`))?.[1] ?? [];
  const { rootMainFiles } = JSON.parse(readFileSync(join(buildFolder, "build-manifest.json"), "utf8"));
  return own.filter((file) => !rootMainFiles.includes(file));
}

/** Gzipped bytes of those files. */
export function pageWeight(buildFolder, page) {
  const files = pageScripts(buildFolder, page);
  if (files.length === 0) throw new Error(`The build names no script for ${page}.`);
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(buildFolder, file))).length, 0);
}

/**
 * One line for each page that has a budget.
 * @param {string} buildFolder
 * @param {Record<string, number>} budgets
 */
export function weighPages(buildFolder = join(ROOT, ".next"), budgets = BUDGETS) {
  return Object.entries(budgets).map(([page, most]) => {
    const bytes = pageWeight(buildFolder, page);
    const line = `${page}: ${(bytes / 1000).toFixed(1)} of ${(most / 1000).toFixed(0)} KB of JavaScript (gzip)`;
    return { page, bytes, line, ok: bytes <= most };
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const weighed = weighPages();
  for (const { line, ok } of weighed) process.stdout.write(`${ok ? "✓" : "✗"} ${line}\n`);
  process.exitCode = weighed.every(({ ok }) => ok) ? 0 : 1;
}
