import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBrowser } from "./browser.mjs";
import { runChecks } from "./check.mjs";
import { weighPages } from "./page-weight.mjs";
import { buildPages, generateClient, installPackages, node, ROOT, requireNode } from "./prepare.mjs";
import { playwrightCounts, sumCounts, vitestCounts } from "./test-counts.mjs";

// Installs what is missing, then: checks, a build, unit and database tests, the stories in a browser.
// The last line is the truth for every reader: `N passed, N failed`.

requireNode();
process.chdir(ROOT);
const scratch = mkdtempSync(join(tmpdir(), "assay-test-"));
// Embedded PostgreSQL may run as another account, which must be able to pass through.
chmodSync(scratch, 0o711);
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

const STAGES = [
  ["preparation", prepare],
  ["checks", runChecks],
  // Before the tests, some of which run the product: two that find no build would both make one.
  ["build", build],
  ["unit and database tests", runVitest],
  ["stories in a browser", runPlaywright],
];
const results = [];
for (const [name, work] of STAGES) {
  const started = performance.now();
  process.stdout.write(`\n── ${String(name)}\n`);
  const counts = await work().catch((error) => {
    process.stdout.write(`${error.message}\n`);
    return { passed: 0, failed: 1 };
  });
  results.push([name, counts, (performance.now() - started) / 1000]);
  if (work === prepare && counts.failed > 0) break;
}

const total = sumCounts(results.map(([, counts]) => counts));
process.stdout.write("\n");
for (const [, { failures = [] }] of results) for (const line of failures) process.stdout.write(`✗ ${line}\n`);
for (const [name, counts, seconds] of results)
  process.stdout.write(`${name}: ${describe(counts)} in ${seconds.toFixed(0)} s\n`);
process.stdout.write(`\n${describe(total)}\n`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

function describe({ passed, failed, skipped = 0 }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

async function prepare() {
  await installPackages();
  await generateClient();
  const browser = await ensureBrowser();
  process.stdout.write(`Browser: ${browser.executablePath}\n`);
  return { passed: 0, failed: 0 };
}

async function build() {
  await buildPages();
  const weighed = weighPages();
  for (const { line, ok } of weighed) process.stdout.write(`${ok ? "✓" : "✗"} ${line}\n`);
  const failed = weighed.filter(({ ok }) => !ok).length;
  return { passed: 1 + weighed.length - failed, failed };
}

function runVitest() {
  const file = join(scratch, "vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  return runAndCount(["node_modules/vitest/vitest.mjs", "run", ...reporters], {}, file, vitestCounts);
}

function runPlaywright() {
  const file = join(scratch, "playwright.json");
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: file, ASSAY_E2E_DATA_DIR: join(scratch, "data") };
  const args = ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"];
  return runAndCount(args, env, file, playwrightCounts);
}

/**
 * What the report says; a run that ends badly without saying why counts as one failure. The stories' own limit of time comes first and
 * reports what was run.
 */
async function runAndCount(args, env, file, count) {
  const problem = await node(args, env, { inherit: true, timeoutMinutes: 65 }).then(
    () => null,
    (error) => error.message.trim(),
  );
  const counts = existsSync(file) ? count(JSON.parse(readFileSync(file, "utf8"))) : { passed: 0, failed: 0 };
  if (problem === null || counts.failed > 0) return counts;
  process.stdout.write(`${problem}\n`);
  return { ...counts, failed: 1 };
}
