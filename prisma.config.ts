import { defineConfig } from "prisma/config";

// The CLI looks for a native engine that it would have to download. `generate` needs none, so any program will do there;
// every other command gets the WebAssembly build of the same engine.
const generating = process.argv.includes("generate");
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= generating
  ? process.execPath
  : new URL("./lib/db/schema-engine.mjs", import.meta.url).pathname;

export default defineConfig({
  schema: "prisma",
  migrations: { path: "prisma/migrations" },
  datasource: {
    url: process.env.DATABASE_URL ?? "postgresql://unset",
    ...(process.env.SHADOW_DATABASE_URL ? { shadowDatabaseUrl: process.env.SHADOW_DATABASE_URL } : {}),
  },
});
