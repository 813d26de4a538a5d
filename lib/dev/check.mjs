import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { generateClient, installPackages, node, ROOT, requireNode } from "./prepare.mjs";

const tool = (path, ...args) => [join(ROOT, "node_modules", path), ...args];

/** What must be true of the sources: name → commands. Each is run in the folder that it looks at. */
export const CHECKS = {
  format: [tool("@biomejs/biome/bin/biome", "format", ".")],
  lint: [tool("oxlint/bin/oxlint", "--type-aware", "--deny-warnings")],
  "house rules": [tool("tsx/dist/cli.mjs", join(ROOT, "lib/testing/house-rules/main.ts"))],
  // The types of the routes are generated from the folders of app.
  types: [tool("next/dist/bin/next", "typegen"), tool("typescript/bin/tsc", "--noEmit")],
  "dead code": [tool("knip/bin/knip.js", "--no-progress", "--no-config-hints")],
};

/** Runs every check, whatever the others said. Prints one line for each and all that a failing one had to say. */
export async function runChecks() {
  const counts = { passed: 0, failed: 0 };
  for (const [name, commands] of Object.entries(CHECKS)) {
    const started = performance.now();
    const problem = await firstProblem(commands, ROOT);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (problem !== null) process.stdout.write(`${problem}\n`);
    process.stdout.write(`${problem === null ? "✓" : "✗"} ${name} (${seconds} s)\n`);
    counts[problem === null ? "passed" : "failed"] += 1;
  }
  return counts;
}

const SURROUNDINGS = {
  NEXT_TELEMETRY_DISABLED: "1",
  OXLINT_TSGOLINT_PATH: join(ROOT, "node_modules", ".bin", "tsgolint"),
};

/** What the first failing command printed, or null. */
export async function firstProblem(commands, cwd) {
  for (const command of commands) {
    try {
      await node(command, SURROUNDINGS, { cwd });
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
