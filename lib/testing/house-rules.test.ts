import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { report } from "./console";
import { checkProject } from "./house-rules/check-project";
import { checkFiles, FILE_RULES } from "./house-rules/file-rules";
import { countLines, reachableFiles } from "./house-rules/import-graph";
import { checkImports, DOMAINS, IMPORT_RULES } from "./house-rules/import-rules";
import { type Import, readImports } from "./house-rules/read-imports";
import { checkNames, checkTexts, FORBIDDEN_NAMES, TEXT_RULES } from "./house-rules/text-rules";

const project = checkProject(process.cwd());
const planted: string[] = [];
afterAll(() => planted.forEach((root) => rmSync(root, { recursive: true, force: true })));

test("the project keeps its own rules", () => {
  report(`house rules: ${project.files.length} files, ${project.imports.length} imports looked at`);
  expect(project.files.length).toBeGreaterThan(100);
  expect(project.imports.length).toBeGreaterThan(500);
  expect(project.violations).toEqual([]);
});

/** One violation of each kind: [rule, file, its text]. */
const PLANTED: [string, string, string][] = [
  ["plain paths", "lib/review/a.ts", 'import { b } from "../truth/b";'],
  [
    "components know no app and no server",
    "components/ui/a.tsx",
    'import { reviewQueue } from "@/lib/review/queries";',
  ],
  ["components know no app and no server", "components/ui/a.tsx", 'import { Page } from "@/app/page";'],
  ["schemas run in a browser", "lib/review/schema.ts", 'import { pool } from "@/lib/db/pool";'],
  ["schemas run in a browser", "lib/review/schema.ts", 'import { createHash } from "node:crypto";'],
  ["schemas run in a browser", "lib/review/rubric.ts", 'import { pool } from "@/lib/db/pool";'],
  ["schemas run in a browser", "lib/review/wire-schema.ts", 'import { createHash } from "node:crypto";'],
  [
    "only pages and the boundary call lib",
    "app/(app)/panel.tsx",
    'import { series } from "@/lib/estimate/queries";',
  ],
  ["lib knows neither Next nor React", "lib/review/a.ts", 'import { cookies } from "next/headers";'],
  ["lib knows neither Next nor React", "lib/review/a.ts", 'import { useState } from "react";'],
  ["lib knows neither Next nor React", "lib/review/a.ts", 'import { Button } from "@/components/ui/button";'],
  ["statistics are pure", "lib/stats/a.ts", 'import { env } from "@/lib/core/env";'],
  ["statistics are pure", "lib/stats/a.ts", 'import { readFileSync } from "node:fs";'],
  [
    "domains in one order",
    "lib/review/a.ts",
    'import { refreshEstimate } from "@/lib/estimate/refresh-estimate";',
  ],
  ["domains in one order", "lib/ingest/a.ts", 'import type { Review } from "@/lib/review/schema";'],
  [
    "domains in one order",
    "lib/quarantine/a.ts",
    'import { checkRecord } from "@/lib/contract/check-record";',
  ],
  [
    "domains in one order",
    "lib/contract/a.ts",
    'import type { OutputRecord } from "@/lib/ingest/output-record";',
  ],
  ["domains in one order", "lib/estimate/a.ts", 'import { window } from "@/lib/drift/window";'],
  ["domains in one order", "lib/db/a.ts", 'import { access } from "@/lib/project/access";'],
  ["domains in one order", "lib/review/a.ts", 'import { demo } from "@/lib/dev/demo/demo-stream";'],
  ["domains in one order", "lib/novelty/a.ts", 'import { access } from "@/lib/project/access";'],
  ["core stands alone", "lib/core/a.ts", 'import { pool } from "@/lib/db/pool";'],
  ["nobody calls the worker", "lib/dev/a.ts", 'import { startWorker } from "@/lib/worker/main";'],
  [
    "only lib holds the database",
    "app/page.tsx",
    'import { PrismaClient } from "@/lib/db/generated/client";',
  ],
  ["only lib holds the database", "app/page.tsx", 'import { Pool } from "pg";'],
  [
    "project scopes come from the gates",
    "lib/review/a.ts",
    'import { mintProjectScope } from "@/lib/core/ctx";',
  ],
  ["one door leads out", "lib/alert/a.ts", 'import { request } from "node:https";'],
  ["one door leads out", "lib/review/a.ts", 'import { connect } from "net";'],
  ["one door leads out", "app/api/v1/a/route.ts", 'import { lookup } from "node:dns/promises";'],
  ["one door leads out", "lib/alert/a.ts", 'import { createTransport } from "nodemailer";'],
  ["one door leads out", "lib/alert/a.ts", 'const { fetch } = await import("undici");'],
  ["nothing is fetched by the server", "lib/alert/a.ts", "await fetch(address);"],
  ["nothing is fetched by the server", "app/api/v1/a/route.ts", "await globalThis.fetch(address);"],
  ["nothing is fetched by the server", "lib/alert/outbound/a.ts", "await fetch(address);"],
  ["one file reads the session", "app/page.tsx", 'import { getServerSession } from "next-auth";'],
  ["sign-in stays behind the boundary", "app/page.tsx", 'import { getToken } from "next-auth/jwt";'],
  ["raw SQL is a tagged template", "lib/review/a.ts", "await db.$queryRawUnsafe(text);"],
  ["raw SQL is a tagged template", "lib/review/a.ts", "Prisma.raw(name)"],
  ["no Server Actions", "app/action.ts", '"use server";\nexport async function save() {}'],
  ["no Next cache", "app/page.tsx", '"use cache";'],
  ["no fonts from elsewhere", "app/layout.tsx", 'import { Inter } from "next/font/google";'],
  ["statistics have no clock and no dice", "lib/stats/a.ts", "export const roll = () => Math.random();"],
  ["one place writes numbers and dates", "components/ui/a.tsx", "<b>{share.toFixed(1)}</b>"],
  ["one place writes numbers and dates", "lib/estimate/a.ts", 'count.toLocaleString("en-GB")'],
  [
    "one place writes numbers and dates",
    "app/(app)/a.ts",
    'new Intl.DateTimeFormat("en-GB", { month: "long" })',
  ],
  ["content is never markup", "components/ui/a.tsx", "<p dangerouslySetInnerHTML={{ __html: text }} />"],
  ["no switched-off checks", "lib/review/a.ts", "// @ts-ignore"],
  ["no path of one machine", "docs/a.md", "Open /home/me/assay and look."],
  ["no registry by name", "package-lock.json", '{ "resolved": "https://packages.example.com/a.tgz" }'],
  ["no registry by name", ".npmrc", "registry=https://registry.example.com"],
  ["no proxy in front of the routes", "proxy.ts", ""],
  ["no proxy in front of the routes", "middleware.ts", ""],
  ["no file named after nothing", "lib/review/utils.ts", ""],
  ["no Pages Router", "pages/index.tsx", ""],
];

describe("a planted violation is caught", () => {
  test.each(PLANTED)("%s: %s", (rule, path, text) => {
    const file = { path, text };
    const found = [
      ...checkImports(readImports(file)),
      ...checkTexts([file]),
      ...checkFiles([file]),
      ...checkNames([path]),
    ];
    expect(found.map((violation) => violation.rule)).toContain(rule);
  });

  test("every rule has one", () => {
    const kinds = new Set(PLANTED.map(([rule]) => rule));
    expect(
      [IMPORT_RULES, TEXT_RULES, FORBIDDEN_NAMES, FILE_RULES]
        .flatMap(Object.keys)
        .filter((rule) => !kinds.has(rule)),
    ).toEqual([]);
  });

  test("an import cycle, in a project on disk", () => {
    const root = plant({
      "lib/review/a.ts": 'import { b } from "./b";\nexport const a = b;\n',
      "lib/review/b.ts": 'export { a as b } from "./a";\n',
      "lib/review/c.ts": 'import type { a } from "./a";\nexport type C = typeof a;\n',
    });
    expect(checkProject(root).violations).toMatchObject([{ rule: "no import cycles" }]);
  });
});

describe("what is allowed stays allowed", () => {
  test.each([
    ["components/ui/a.tsx", 'import type { Review } from "@/lib/review/queries";'],
    ["components/ui/a.tsx", 'import { type Queue, type Slot } from "@/lib/review/queries";'],
    ["components/ui/a.tsx", 'import { percent } from "@/lib/core/format";'],
    ["components/ui/a.tsx", 'import { reviewSchema } from "@/lib/review/schema";'],
    ["app/(app)/[project]/page.tsx", 'import { series } from "@/lib/estimate/queries";'],
    ["app/api/v1/reviews/route.ts", 'import { submitReview } from "@/lib/review/submit-review";'],
    ["lib/estimate/a.ts", 'import { verdict } from "@/lib/review/verdict";'],
    ["lib/contract/a.ts", 'import type { Reason } from "@/lib/quarantine/reason";'],
    ["lib/ingest/a.ts", 'import type { Checked } from "@/lib/contract/check-record";'],
    ["lib/drift/a.ts", 'import { profile } from "@/lib/contract/profile";'],
    ["lib/review/a.test.ts", 'import { refreshEstimate } from "@/lib/estimate/refresh-estimate";'],
    ["lib/worker/main.ts", 'import { refreshEstimate } from "@/lib/estimate/refresh-estimate";'],
    ["lib/alert/outbound/a.ts", 'import { request } from "node:http";'],
    ["lib/ingest/a.ts", 'import type { IncomingMessage } from "node:http";'],
    ["app/(app)/panel.tsx", "const answer = await fetch(path);"],
    ["lib/review/a.ts", '// import { cookies } from "next/headers";'],
  ])("%s: %s", (path, text) => {
    const file = { path, text };
    expect([...checkImports(readImports(file)), ...checkTexts([file])]).toEqual([]);
  });
});

test("imports of every form are seen", () => {
  const text = `import a, { type B, c as d } from "./one";
import {
  type E,
  type F,
} from "@/lib/core/env";
import "./side";
export * from "./all";
export type { G } from "./types";
const h = await import("./late");`;
  const found = readImports({ path: "lib/review/x.ts", text });
  expect(found.map(({ target, typeOnly }) => `${target} ${typeOnly}`).toSorted()).toEqual([
    "lib/core/env true",
    "lib/review/all false",
    "lib/review/late false",
    "lib/review/one false",
    "lib/review/side false",
    "lib/review/types true",
  ]);
  expect(found.find(({ target }) => target === "lib/review/one")?.names).toEqual(["a", "B", "c"]);
});

test("the domains are named once each", () => {
  expect(new Set(DOMAINS).size).toBe(DOMAINS.length);
});

describe("the ingest door stays small", () => {
  const entry = "lib/ingest/outputs-door";

  test("at most 40 files and 3,000 lines", () => {
    const reached = reachableFiles(entry, project.imports);
    const lines = countLines(reached, project.files);
    report(`ingest door: ${reached.length} files, ${lines} lines`);
    expect(reached.length).toBeGreaterThan(5);
    expect(reached.length).toBeLessThanOrEqual(40);
    expect(lines).toBeGreaterThan(200);
    expect(lines).toBeLessThanOrEqual(3000);
  });

  const foreign = (imports: readonly Import[], reached: readonly string[]) =>
    imports.filter(
      ({ from, specifier, typeOnly }) =>
        !typeOnly &&
        reached.includes(from.replace(/\.tsx?$/, "")) &&
        /^(next|react|react-dom|next-auth|@prisma\/.*|@\/lib\/db\/(client|generated).*|@\/app\/.*)(\/|$)/.test(
          specifier,
        ),
    );

  test("and knows neither Next nor React nor Prisma", () => {
    expect(foreign(project.imports, reachableFiles(entry, project.imports))).toEqual([]);
    const planted = [
      { path: "lib/ingest/outputs-door.ts", text: 'import { a } from "./a";\n' },
      { path: "lib/ingest/a.ts", text: 'import { database } from "@/lib/db/client";\n' },
    ].flatMap(readImports);
    expect(foreign(planted, reachableFiles(entry, planted))).toHaveLength(1);
  });

  test("the measure follows imports, and only those that run", () => {
    const files = [
      {
        path: "lib/ingest/outputs-door.ts",
        text: 'import { a } from "./a";\nimport type { t } from "./t";\n',
      },
      { path: "lib/ingest/a.ts", text: 'export { b } from "./b";\n' },
      { path: "lib/ingest/b.ts", text: "1\n2\n3\n" },
      { path: "lib/ingest/t.ts", text: "export type t = 1;\n" },
    ];
    const reached = reachableFiles(entry, files.flatMap(readImports));
    expect(reached).toEqual(["lib/ingest/a", "lib/ingest/b", "lib/ingest/outputs-door"]);
    expect(countLines(reached, files)).toBe(6);
  });
});

test("the linter catches one planted fault of each kind", { timeout: 60_000 }, () => {
  const root = plant({
    "lib/review/promise.ts": "export function f(): void {\n  Promise.resolve(1);\n}\n",
    "lib/review/any.ts": "export const f = (value: any): unknown => value;\n",
    "lib/review/bang.ts": "export const f = (value: string | null): string => value!;\n",
    "lib/review/a.ts": 'import { b } from "./b";\nexport const a = b;\n',
    "lib/review/b.ts": 'import { a } from "./a";\nexport const b: unknown = a;\n',
    "lib/review/long-file.ts": `export const list = [\n${"  1,\n".repeat(301)}];\n`,
    "lib/review/long-function.ts": `export function f(): number[] {\n  return [\n${"    1,\n".repeat(61)}  ];\n}\n`,
    "lib/review/console.ts": 'console.log("x");\nexport const a = 1;\n',
    "lib/review/default.ts": "export default 1;\n",
    "lib/review/focus.test.ts":
      'import { expect, test } from "vitest";\ntest.only("x", () => expect(1).toBe(1));\n',
  });
  const oxlint = join(process.cwd(), "node_modules", "oxlint", "bin", "oxlint");
  const result = spawnSync(process.execPath, [oxlint, "--type-aware", "--format=unix"], {
    cwd: root,
    encoding: "utf8",
    timeout: 50_000,
    env: {
      ...process.env,
      NO_COLOR: "1",
      OXLINT_TSGOLINT_PATH: join(process.cwd(), "node_modules", ".bin", "tsgolint"),
    },
  });
  expect(result.stderr).toBe("");
  const rules = [...result.stdout.matchAll(/^(\S+?):\d.*\((.+)\)\]$/gm)].map(
    ([, file, rule]) => `${file} ${rule}`,
  );
  expect(rules).toEqual(
    expect.arrayContaining([
      "lib/review/promise.ts no-floating-promises",
      "lib/review/any.ts no-explicit-any",
      "lib/review/bang.ts no-non-null-assertion",
      "lib/review/a.ts no-cycle",
      "lib/review/long-file.ts max-lines",
      "lib/review/long-function.ts max-lines-per-function",
      "lib/review/console.ts no-console",
      "lib/review/default.ts no-default-export",
      "lib/review/focus.test.ts no-focused-tests",
    ]),
  );
  expect(result.status).not.toBe(0);
});

/** A small project on disk with our own settings. */
function plant(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "assay-rules-"));
  planted.push(root);
  for (const name of [".oxlintrc.json", "tsconfig.json"]) cpSync(name, join(root, name));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}
