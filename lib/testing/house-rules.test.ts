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
import { PLANTED } from "./house-rules/planted";
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
