import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { generateClient, installPackages, ROOT, requireNode } from "./prepare.mjs";

// The long runs of tests that `npm test` makes short: minutes to hours, with the same checks.

const FILES = ["lib/ingest/contract-door.test.ts", "lib/alert/alert-kills.test.ts"];

requireNode();
process.chdir(ROOT);
await installPackages();
await generateClient();
const { status } = spawnSync(
  process.execPath,
  [join(ROOT, "node_modules", "vitest", "vitest.mjs"), "run", ...FILES],
  { stdio: "inherit", env: { ...process.env, ASSAY_SOAK: "1" } },
);
process.exitCode = status ?? 1;
