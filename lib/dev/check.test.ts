import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { CHECKS, firstProblem } from "./check.mjs";

const SETTINGS = [".oxlintrc.json", "biome.json", "knip.json", "tsconfig.json"];
const CLEAN = {
  "package.json": `${JSON.stringify({ name: "planted", type: "module", scripts: { start: "node server.ts" } }, null, 2)}\n`,
  "server.ts": 'import { answer } from "./lib/core/answer";\n\nexport const known: number = answer(2);\n',
  "lib/core/answer.ts": "export function answer(half: number): number {\n  return half * 21;\n}\n",
};
/** One fault for each check: [check, file, its text, what the check says about it]. */
const PLANTED: [keyof typeof CHECKS, string, string, string][] = [
  ["format", "lib/core/answer.ts", "export function answer(half:number):number{return half*21}\n", "format"],
  ["lint", "server.ts", `${CLEAN["server.ts"]}\ndebugger;\n`, "no-debugger"],
  ["house rules", "lib/core/utils.ts", "export const one = 1;\n", "no file named after nothing"],
  ["types", "server.ts", CLEAN["server.ts"].replace("number", "string"), "TS2322"],
  ["dead code", "lib/core/forgotten.ts", "export const one = 1;\n", "Unused files"],
  [
    "dead code",
    "lib/core/answer.ts",
    `${CLEAN["lib/core/answer.ts"]}\nexport const one = 1;\n`,
    "Unused exports",
  ],
];

const roots: string[] = [];
afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true, force: true })));

describe("a small project", { timeout: 90_000 }, () => {
  test.each(Object.keys(CHECKS) as (keyof typeof CHECKS)[])("%s: a clean one passes", async (check) => {
    expect(await run(check, plant({}))).toBeNull();
  });

  test.each(PLANTED)("%s: a fault in %s is caught", async (check, path, text, says) => {
    expect(await run(check, plant({ [path]: text }))).toContain(says);
  });

  test("every check has a planted fault", () => {
    expect(new Set(PLANTED.map(([check]) => check))).toEqual(new Set(Object.keys(CHECKS)));
  });
});

/** Route types need pages; a project without them has none to generate. */
function run(check: keyof typeof CHECKS, root: string): Promise<string | null> {
  return firstProblem(CHECKS[check].slice(-1), root);
}

/** The clean files with others over them, under our own settings. */
function plant(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "assay-check-"));
  roots.push(root);
  for (const name of SETTINGS) cpSync(name, join(root, name));
  for (const [path, text] of Object.entries({ ...CLEAN, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}
