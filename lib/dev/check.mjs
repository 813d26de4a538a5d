import { pathToFileURL } from "node:url";
import { generateClient, installPackages, node, ROOT, requireNode } from "./prepare.mjs";

const bin = (path, ...args) => [`node_modules/${path}`, ...args];

/** What must be true of the sources, in order of speed. */
const CHECKS = [
  ["format", bin("@biomejs/biome/bin/biome", "format", ".")],
  ["lint", bin("oxlint/bin/oxlint", "--type-aware", "--deny-warnings")],
  ["house rules", bin("tsx/dist/cli.mjs", "lib/testing/house-rules/main.ts")],
  // The types of the routes are generated from the folders of app.
  ["types", bin("next/dist/bin/next", "typegen"), bin("typescript/bin/tsc", "--noEmit")],
  ["dead code", bin("knip/bin/knip.js", "--no-progress")],
];

/** Runs every check, whatever the others said. Prints one line for each and all that a failing one had to say. */
export async function runChecks() {
  const counts = { passed: 0, failed: 0 };
  for (const [name, ...commands] of CHECKS) {
    const started = performance.now();
    const problem = await firstProblem(commands);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (problem !== null) process.stdout.write(`${problem}\n`);
    process.stdout.write(`${problem === null ? "✓" : "✗"} ${name} (${seconds} s)\n`);
    counts[problem === null ? "passed" : "failed"] += 1;
  }
  return counts;
}

async function firstProblem(commands) {
  for (const command of commands) {
    try {
      await node(command, { NEXT_TELEMETRY_DISABLED: "1" });
    } catch (error) {
      return error.message;
    }
  }
  return null;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  requireNode();
  process.chdir(ROOT);
  await installPackages();
  await generateClient();
  const { passed, failed } = await runChecks();
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed > 0 ? 1 : 0;
}
