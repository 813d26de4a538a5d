import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { gzipSync } from "node:zlib";
import { ROOT } from "./prepare.mjs";

/*
 * How much JavaScript a page asks for before anybody does anything, with its layouts, beyond what every page of Next and React has.
 * Standard library only.
 */

/**
 * Kind of page → most bytes, gzipped. Everything: what Next and React bring to each of them.
 * @type {Record<string, number>}
 */
const BUDGETS = {
  everything: 140_000,
  // It only sends on to another page.
  leading: 0,
  // What people read; menus, dialogs and charts come when they are reached for.
  reading: 34_000,
  review: 60_000,
  // A list or one thing, with a dialog or two.
  acting: 72_000,
  // Tables that sort and filter, a chart with its controls. The chart library itself comes beside the page.
  exploring: 105_000,
  // Whole editors, which check in the browser what is typed by the schema of the server.
  editing: 120_000,
};

/**
 * Every page of app → its kind.
 * @type {Record<string, string>}
 */
const PAGES = {
  "(app)": "leading",
  "(app)/[project]": "reading",
  "(app)/[project]/accuracy": "exploring",
  "(app)/[project]/accuracy/compare": "acting",
  "(app)/[project]/backtest": "acting",
  "(app)/[project]/backtest/[backtest]": "exploring",
  "(app)/[project]/incident": "reading",
  "(app)/[project]/incident/[incident]": "acting",
  "(app)/[project]/input": "reading",
  "(app)/[project]/input/[record]": "acting",
  "(app)/[project]/input/drift": "reading",
  "(app)/[project]/input/quarantine": "acting",
  "(app)/[project]/output": "exploring",
  "(app)/[project]/output/[output]": "acting",
  "(app)/[project]/output/picked": "reading",
  "(app)/[project]/output/picked/[batch]": "reading",
  "(app)/[project]/queue": "acting",
  "(app)/[project]/review": "review",
  "(app)/[project]/review/adjudicate": "review",
  "(app)/[project]/review/diagnostic": "review",
  "(app)/[project]/reviewer": "exploring",
  "(app)/[project]/reviewer/[reviewer]": "reading",
  "(app)/[project]/setting/alert": "editing",
  "(app)/[project]/setting/alert/log": "reading",
  "(app)/[project]/setting/alert/weekly": "reading",
  "(app)/[project]/setting/answer-schema": "editing",
  "(app)/[project]/setting/audit": "reading",
  "(app)/[project]/setting/contract": "editing",
  "(app)/[project]/setting/keys": "acting",
  "(app)/[project]/setting/members": "acting",
  "(app)/[project]/setting/monitor": "editing",
  "(app)/[project]/setting/planner": "editing",
  "(app)/[project]/setting/project": "acting",
  "(app)/[project]/setting/review": "acting",
  "(app)/[project]/setting/sampling": "editing",
  "(app)/[project]/setting/sharing": "acting",
  "(app)/[project]/setting/sources": "acting",
  "(app)/[project]/start": "acting",
  "(app)/account": "acting",
  "(app)/admin": "exploring",
  "(app)/admin/audit": "reading",
  "(app)/admin/design": "exploring",
  "(app)/docs": "reading",
  "(app)/docs/api": "reading",
  "(app)/docs/numbers": "reading",
  "(app)/projects": "acting",
  "(app)/projects/new": "reading",
  "(auth)/invite": "reading",
  "(auth)/setup": "reading",
  "(auth)/sign-in": "reading",
};

/** Folders of app that hold a page. */
export function pageFolders(app = join(ROOT, "app")) {
  return readdirSync(app, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith("/page.tsx"))
    .map((path) => path.slice(0, -"/page.tsx".length))
    .sort();
}

/** The files that a page's HTML names, without the ones that Next and React bring to every page. */
export function pageScripts(buildFolder, page) {
  const manifest = join(buildFolder, "server/app", page, "page_client-reference-manifest.js");
  const scope = { globalThis: { __RSC_MANIFEST: {} } };
  vm.runInNewContext(readFileSync(manifest, "utf8"), scope);
  const [found] = Object.values(scope.globalThis.__RSC_MANIFEST);
  const entries = Object.entries(found?.entryJSFiles ?? {});
  const shared = sharedScripts(buildFolder);
  const own = entries.find(([entry]) => entry.endsWith(`/app/${page}/page`))?.[1];
  return (own ?? []).filter((file) => !shared.includes(file));
}

function sharedScripts(buildFolder) {
  const { rootMainFiles } = JSON.parse(readFileSync(join(buildFolder, "build-manifest.json"), "utf8"));
  return rootMainFiles;
}

const gzipped = new Map();

/** Gzipped bytes of files of a build; each is looked at once, as most are of many pages. */
function weigh(buildFolder, files) {
  return files.reduce((sum, file) => {
    const path = join(buildFolder, file);
    if (!gzipped.has(path)) gzipped.set(path, gzipSync(readFileSync(path)).length);
    return sum + gzipped.get(path);
  }, 0);
}

/**
 * One line for each page, and one for what all have in common. A page without a budget is none that passes.
 * @param {string} buildFolder
 * @param {{ folders: string[], pages: Record<string, string>, budgets: Record<string, number> }} wanted
 */
export function weighPages(
  buildFolder = join(ROOT, ".next"),
  { folders, pages, budgets } = { folders: pageFolders(), pages: PAGES, budgets: BUDGETS },
) {
  const all = [...new Set([...folders, ...Object.keys(pages)])];
  const weighed = all.map((page) => {
    const most = budgets[pages[page] ?? ""];
    if (most === undefined) return fault(page, "has no budget: give it one in lib/dev/page-weight.mjs");
    if (!folders.includes(page)) return fault(page, "has a budget, but is no page");
    const scripts = pageScripts(buildFolder, page);
    // What the build names nothing of was looked for in the wrong place; it is not light.
    if (scripts.length === 0 && most > 0) throw new Error(`The build names no script for ${page}.`);
    return line(page, weigh(buildFolder, scripts), most);
  });
  const shared = weigh(buildFolder, sharedScripts(buildFolder));
  return [line("every page", shared, budgets.everything ?? 0), ...weighed];
}

function line(page, bytes, most) {
  const text = `${page}: ${(bytes / 1000).toFixed(1)} of ${(most / 1000).toFixed(0)} KB of JavaScript (gzip)`;
  return { page, bytes, line: text, ok: bytes <= most };
}

function fault(page, text) {
  return { page, bytes: 0, line: `${page} ${text}`, ok: false };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const weighed = weighPages();
  for (const { line, ok } of weighed) process.stdout.write(`${ok ? "✓" : "✗"} ${line}\n`);
  process.exitCode = weighed.every(({ ok }) => ok) ? 0 : 1;
}
