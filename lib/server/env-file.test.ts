import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { readEnvFile } from "./env-file";

const folder = mkdtempSync(join(tmpdir(), "assay-env-"));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("settings come from the file, the environment goes first", () => {
  vi.stubEnv("ASSAY_DEMO", "on");
  vi.stubEnv("OIDC_NAME", undefined);
  const file = join(folder, ".env");
  writeFileSync(file, "# a comment\nASSAY_DEMO=off\nOIDC_NAME=Our sign-in\n");
  readEnvFile(file);
  expect([process.env.ASSAY_DEMO, process.env.OIDC_NAME]).toEqual(["on", "Our sign-in"]);
});

test("no file is no problem", () => {
  expect(() => readEnvFile(join(folder, "missing"))).not.toThrow();
});
