import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { pageWeight, weighPages } from "./page-weight.mjs";

const folder = mkdtempSync(join(tmpdir(), "assay-weight-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A build with one page; noise, because that is what gzip cannot shrink. */
function plant(scripts: Record<string, number>, everywhere: string[] = []): string {
  const files = Object.entries(scripts).map(([name, bytes]) => {
    put(
      name,
      randomBytes(Math.round(bytes / 2))
        .toString("hex")
        .slice(0, bytes),
    );
    return name;
  });
  put("build-manifest.json", JSON.stringify({ rootMainFiles: everywhere }));
  put(
    "server/app/shelf/page_client-reference-manifest.js",
    `globalThis.__RSC_MANIFEST=globalThis.__RSC_MANIFEST||{};globalThis.__RSC_MANIFEST["/shelf/page"]=${JSON.stringify(
      {
        entryJSFiles: { "[project]/app/layout": ["layout-only.js"], "[project]/app/shelf/page": files },
      },
    )}`,
  );
  return folder;
}

function put(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

const ok = (scripts: Record<string, number>, everywhere: string[] = []) =>
  weighPages(plant(scripts, everywhere), { shelf: 10_000 }).map((weighed) => weighed.ok);

test("a page within its budget passes, one above it does not, and what every page has is not counted", () => {
  expect(ok({ "a.js": 8_000, "b.js": 8_000 })).toEqual([true]);
  expect(ok({ "a.js": 8_000, "b.js": 16_000 })).toEqual([false]);
  expect(ok({ "a.js": 8_000, "react.js": 90_000 }, ["react.js"])).toEqual([true]);
});

test("a page of which the build names nothing is no light page", () => {
  expect(() => pageWeight(plant({}), "shelf")).toThrow("names no script");
  expect(() => pageWeight(plant({ "a.js": 10 }), "elsewhere")).toThrow("ENOENT");
});
