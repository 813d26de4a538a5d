import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { readMigrations } from "@/lib/db/migration-files";
import { prepareDatabase } from "@/lib/db/prepare-database";
import { startEmbeddedPostgres } from "@/lib/dev/embedded-postgres";

declare module "vitest" {
  export interface ProvidedContext {
    testServer: { url: string; template: string };
  }
}

/**
 * One server for all test runs of this checkout, without durability. ASSAY_TEST_DATABASE_URL names another server instead; its
 * role needs CREATEDB.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const external = process.env.ASSAY_TEST_DATABASE_URL;
  const server = external
    ? { url: external, adopted: true, stop: async () => undefined }
    : await startEmbeddedPostgres({ dataDir: join(".data", "test-postgres"), durable: false });
  try {
    if (!server.adopted) await dropLeftovers(server.url);
    project.provide("testServer", { url: server.url, template: await ensureTemplate(server.url) });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return () => server.stop();
}

/** Built under another name and renamed when complete, so that nobody copies half a template. */
async function ensureTemplate(url: string): Promise<string> {
  const template = `assay_template_${fingerprint()}`;
  await withClient(url, async (client) => {
    await client.query("SELECT pg_advisory_lock(hashtext($1))", [template]);
    const known = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [template]);
    if (known.rowCount) return;
    const draft = `assay_draft_${randomBytes(6).toString("hex")}`;
    await client.query(`CREATE DATABASE ${draft}`);
    await prepareDatabase(databaseUrl(url, draft));
    await client.query(`ALTER DATABASE ${draft} RENAME TO ${template}`);
  });
  return template;
}

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const migration of readMigrations()) hash.update(`${migration.name} ${migration.checksum}\n`);
  return hash.digest("hex").slice(0, 16);
}

/** What killed runs left behind. Only called by the run that found no server and so is alone. */
async function dropLeftovers(url: string): Promise<void> {
  const current = `assay_template_${fingerprint()}`;
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "SELECT datname AS name FROM pg_database WHERE datname ~ '^assay_(template|draft|test)_' AND datname <> $1",
      [current],
    );
    for (const { name } of rows) await dropDatabase(client, name);
  });
}

/** Not WITH (FORCE): that needs a superuser whenever autovacuum happens to be at work there. */
export async function dropDatabase(client: Client, name: string): Promise<void> {
  await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND usename = current_user",
    [name],
  );
  await client.query(`DROP DATABASE IF EXISTS ${name}`);
}

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function databaseUrl(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
