import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig, devices } from "@playwright/test";
import { findBrowser } from "./lib/dev/browser.mjs";

// Set once by the first process and inherited by every worker.
process.env.ASSAY_E2E_PORT ??= String(await freePort());
process.env.ASSAY_E2E_DATA_DIR ??= ownFolder();
process.env.ASSAY_E2E_EMAIL ??= "owner@example.com";
process.env.ASSAY_E2E_PASSWORD ??= "story-owner-password";

const baseURL = `http://localhost:${process.env.ASSAY_E2E_PORT}`;
const browser = findBrowser();

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  retries: 0,
  // Five times what the longest story without a limit of its own takes on two busy cores.
  timeout: 180_000,
  // There a page needs seconds, and a slower machine several times that. Who waits for nothing waits no longer.
  expect: { timeout: 20_000 },
  globalTimeout: 60 * 60_000,
  reporter: "list",
  use: {
    baseURL,
    timezoneId: "UTC",
    locale: "en-GB",
    trace: "retain-on-failure",
    launchOptions: {
      ...(browser ? { executablePath: browser.executablePath, env: { ...inherited(), ...browser.env } } : {}),
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ],
    },
  },
  projects: [
    { name: "desktop", use: { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 } } },
    {
      name: "phone",
      use: { ...devices["Pixel 7"], viewport: { width: 390, height: 844 } },
      // What it shows does not depend on the width, and it takes minutes.
      testIgnore: ["never-lost.spec.ts", "alert.spec.ts", "compare.spec.ts"],
    },
  ],
  webServer: {
    command: `"${process.execPath}" lib/dev/start.mjs`,
    url: `${baseURL}/api/health/ready`,
    timeout: 10 * 60_000,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGINT", timeout: 30_000 },
    env: {
      PORT: process.env.ASSAY_E2E_PORT,
      HOST: "127.0.0.1",
      DATABASE_URL: "",
      ASSAY_URL: "",
      ASSAY_DATA_DIR: process.env.ASSAY_E2E_DATA_DIR,
      ASSAY_ADMIN_EMAIL: process.env.ASSAY_E2E_EMAIL,
      ASSAY_ADMIN_PASSWORD: process.env.ASSAY_E2E_PASSWORD,
      // Receivers of alerts are on this machine.
      ASSAY_OUTBOUND_ALLOW: "127.0.0.1",
      LOG_LEVEL: "warn",
    },
  },
});

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "assay-e2e-"));
  // Embedded PostgreSQL may run as another account, which must be able to pass through.
  chmodSync(folder, 0o711);
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}
