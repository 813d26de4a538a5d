import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") } },
  test: {
    include: ["{app,components,lib}/**/*.test.{ts,tsx}", "*.test.ts"],
    globalSetup: ["lib/testing/cluster.ts"],
    setupFiles: ["lib/testing/console.ts", "lib/testing/seed.ts"],
    env: { LOG_LEVEL: "silent", TZ: "UTC" },
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    restoreMocks: false,
  },
});
