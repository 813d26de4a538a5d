import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { pageFolders, weighPages } from "./page-weight.mjs";

const root = mkdtempSync(join(tmpdir(), "assay-weight-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const BUDGETS = { everything: 100_000, table: 10_000, leading: 0 };

/** A build with one page; noise, because that is what gzip cannot shrink. */
function plant(scripts: Record<string, number>, everywhere: Record<string, number> = {}): string {
  const folder = mkdtempSync(join(root, "build-"));
  const put = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  for (const [name, bytes] of Object.entries({ ...scripts, ...everywhere }))
    put(
      name,
      randomBytes(Math.round(bytes / 2))
        .toString("hex")
        .slice(0, bytes),
    );
  put("build-manifest.json", JSON.stringify({ rootMainFiles: Object.keys(everywhere) }));
  const files = Object.keys(scripts);
  const entryJSFiles = {
    "[project]/app/layout": ["layout-only.js"],
    ...(files.length > 0
      ? { "[project]/app/shelf/page": [...files, ...Object.keys(everywhere).slice(0, 1)] }
      : {}),
  };
  put(
    "server/app/shelf/page_client-reference-manifest.js",
    `globalThis.__RSC_MANIFEST=globalThis.__RSC_MANIFEST||{};globalThis.__RSC_MANIFEST["/shelf/page"]=${JSON.stringify({ entryJSFiles })}`,
  );
  return folder;
}

const SHELF = { folders: ["shelf"], pages: { shelf: "table" }, budgets: BUDGETS };

/** What all pages have, then the page. */
const verdicts = (build: string, wanted: Parameters<typeof weighPages>[1] = SHELF) =>
  weighPages(build, wanted).map(({ ok }) => ok);

test("a page within its budget passes, one above it does not, and what every page has is counted by itself", () => {
  expect(verdicts(plant({ "a.js": 8_000, "b.js": 8_000 }))).toEqual([true, true]);
  expect(verdicts(plant({ "a.js": 8_000, "b.js": 16_000 }))).toEqual([true, false]);
  expect(verdicts(plant({ "a.js": 8_000 }, { "react.js": 90_000 }))).toEqual([true, true]);
  expect(verdicts(plant({ "a.js": 8_000 }, { "react.js": 250_000 }))).toEqual([false, true]);
});

test("a page without a budget, and a budget without its page, do not pass", () => {
  const build = plant({ "a.js": 8_000 });
  const [, forgotten] = weighPages(build, { ...SHELF, pages: {} });
  expect(forgotten).toMatchObject({ ok: false, line: expect.stringContaining("has no budget") });
  expect(verdicts(build, { ...SHELF, pages: { shelf: "misspelt" } })).toEqual([true, false]);
  expect(verdicts(build, { ...SHELF, pages: { shelf: "table", gone: "table" } })).toEqual([
    true,
    true,
    false,
  ]);
});

test("a page of which the build names nothing is no light page, unless it only leads on", () => {
  expect(() => verdicts(plant({}))).toThrow("names no script");
  expect(() =>
    verdicts(plant({ "a.js": 10 }), { ...SHELF, folders: ["elsewhere"], pages: { elsewhere: "table" } }),
  ).toThrow("ENOENT");
  expect(verdicts(plant({}), { ...SHELF, pages: { shelf: "leading" } })).toEqual([true, true]);
  expect(verdicts(plant({ "a.js": 10 }), { ...SHELF, pages: { shelf: "leading" } })).toEqual([true, false]);
});

test("every page of the product is looked at", () => {
  const folders = pageFolders();
  expect(folders.length).toBeGreaterThan(45);
  expect(folders).toContain("(app)/[project]/accuracy");
  expect(new Set(folders).size).toBe(folders.length);
});
