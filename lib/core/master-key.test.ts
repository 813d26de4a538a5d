import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "assay-key-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("processes that start at once agree on one key, kept for their user only", async () => {
  const program = `import { masterKey } from "@/lib/core/master-key"; process.stdout.write(masterKey().toString("hex"));`;
  const args = ["--import", "tsx", "--input-type=module", "--eval", program];
  const env = { ...process.env, ASSAY_DATA_DIR: folder, ASSAY_MASTER_KEY: "" };
  const runs = await Promise.all(
    Array.from({ length: 4 }, () => promisify(execFile)(process.execPath, args, { env })),
  );
  const kept = readFileSync(join(folder, "secrets", "master-key"), "utf8");
  expect(kept).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(runs.map(({ stdout }) => stdout))).toEqual(new Set([kept]));
  expect(readdirSync(join(folder, "secrets"))).toEqual(["master-key"]);
  expect(statSync(join(folder, "secrets", "master-key")).mode & 0o777).toBe(0o600);
});
