import { hostname } from "node:os";
import { type Env, parseEnv } from "@/lib/core/env";
import { keptSecret } from "@/lib/core/master-key";
import { checkDatabaseServer } from "@/lib/db/check-server";
import { readMigrations } from "@/lib/db/migration-files";
import { createPool } from "@/lib/db/pool";
import { prepareDatabase } from "@/lib/db/prepare-database";
import { probeWrite } from "@/lib/db/write-probe";
import { embeddedPostgresDir, startEmbeddedPostgres } from "@/lib/dev/embedded-postgres";
import { requireDiskSpace } from "./health";

/** @throws Error with one readable line for each variable that is wrong */
export function checkedEnvironment(source: Record<string, string | undefined>): Env {
  const parsed = parseEnv(source);
  if (parsed.ok) return parsed.env;
  throw new Error(`These settings are wrong:\n${parsed.problems.map((line) => `  - ${line}`).join("\n")}`);
}

export interface OpenDatabase {
  url: string;
  probe: () => Promise<void>;
  close: () => Promise<void>;
}

/** Starts the embedded database when no other is named, checks it and brings it to this release's schema. */
export async function openDatabase(env: Env, print: (line: string) => void): Promise<OpenDatabase> {
  const dataDir = embeddedPostgresDir(process.env);
  const embedded = env.DATABASE_URL ? null : await startEmbeddedPostgres({ dataDir, log: print });
  const url = env.DATABASE_URL ?? embedded?.url ?? "";
  try {
    await checkDatabaseServer(url, env.NODE_ENV === "production");
    const { applied, unknown } = await prepareDatabase(url);
    if (applied.length > 0) print(`Database schema: ${applied.length} migration(s) applied`);
    if (unknown.length > 0) print(`The database was used by a newer release (${unknown.join(", ")}).`);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
  process.env.DATABASE_URL = url;
  const probes = createPool(url, "probe", 1);
  const migrations = readMigrations();
  return {
    url,
    async probe() {
      if (embedded) requireDiskSpace(dataDir);
      await probeWrite(probes, `${hostname()}:${process.pid}`, migrations);
    },
    async close() {
      await probes.end();
      await embedded?.stop();
    },
  };
}

/** next-auth reads these two from the environment only. */
export function completeAuthEnvironment(env: Env, port: number): void {
  process.env.NEXTAUTH_URL ||= env.ASSAY_URL ?? `http://localhost:${port}`;
  process.env.NEXTAUTH_SECRET ||= keptSecret("nextauth-secret");
}
