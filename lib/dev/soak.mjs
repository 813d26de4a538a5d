import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { generateClient, installPackages, ROOT, requireNode } from "./prepare.mjs";

// The long runs of tests that `npm test` makes short: minutes to hours, with the same checks. Parts of a file's name after `--`
// choose some: `npm run soak -- stored-json`. ASSAY_SOAK_TEXTS or ASSAY_SOAK_SECONDS say how many JSON texts, and
// ASSAY_SOAK_SEED from which seed.

const FILES = [
  "lib/ingest/contract-door.test.ts",
  "lib/ingest/stored-json.test.ts",
  "lib/ingest/loop-turns.test.ts",
  "lib/alert/alert-kills.test.ts",
];

const parts = process.argv.slice(2);
const chosen = FILES.filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)));
if (chosen.length === 0) throw new Error(`There are ${FILES.join(", ")}.`);

requireNode();
process.chdir(ROOT);
await installPackages();
await generateClient();
const { status } = spawnSync(
  process.execPath,
  [join(ROOT, "node_modules", "vitest", "vitest.mjs"), "run", "--no-file-parallelism", ...chosen],
  { stdio: "inherit", env: { ...process.env, ASSAY_SOAK: "1" } },
);
process.exitCode = status ?? 1;
