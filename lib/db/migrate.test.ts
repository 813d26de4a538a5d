import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterAll, expect, inject, test } from "vitest";
import { databaseUrl, withClient } from "@/lib/testing/cluster";
import { migrate, pendingMigrations } from "./migrate";
import { type Migration, parseMigration, readMigrations, splitStatements } from "./migration-files";
import { prepareDatabase } from "./prepare-database";

const server = inject("testServer").url;
const made: string[] = [];

afterAll(() =>
  withClient(server, async (client) => {
    for (const name of made) await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }),
);

async function emptyDatabase(): Promise<string> {
  const name = `assay_test_migrate_${process.pid}_${made.length}`;
  made.push(name);
  await withClient(server, (client) => client.query(`CREATE DATABASE ${name}`));
  return databaseUrl(server, name);
}

async function query<T>(url: string, sql: string): Promise<T[]> {
  return withClient(url, async (client) => (await client.query(sql)).rows as T[]);
}

const first = parseMigration(
  "1_first",
  "CREATE TABLE one (id int PRIMARY KEY);\nINSERT INTO one VALUES (1);",
);
const second = parseMigration("2_second", "ALTER TABLE one ADD COLUMN name text;");
const index = parseMigration(
  "3_index",
  "-- concurrent\n-- why\nCREATE INDEX CONCURRENTLY IF NOT EXISTS one_name_idx ON one (name);\n",
);

test("the project's own migrations apply to an empty database, once", async () => {
  const url = await emptyDatabase();
  const { applied } = await prepareDatabase(url);
  expect(applied).toEqual(readMigrations().map(({ name }) => name));
  expect(applied.length).toBeGreaterThan(0);
  expect((await prepareDatabase(url)).applied).toEqual([]);
  expect(await withClient(url, (client) => pendingMigrations(client))).toEqual([]);
});

test("keeps Prisma's own records", async () => {
  const url = await emptyDatabase();
  expect(await migrate(url, [first, second])).toEqual({ applied: ["1_first", "2_second"], unknown: [] });
  const rows = await query<Record<string, unknown>>(
    url,
    "SELECT * FROM _prisma_migrations ORDER BY migration_name",
  );
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({
    checksum: first.checksum,
    applied_steps_count: 1,
    rolled_back_at: null,
    logs: null,
  });
  expect(rows[0]?.["id"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(rows[0]?.["finished_at"]).toBeInstanceOf(Date);
});

test("eight at once, twenty times: each migration is applied by exactly one", {
  timeout: 120_000,
}, async () => {
  for (let round = 0; round < 20; round += 1) {
    const url = await emptyDatabase();
    const results = await Promise.all(Array.from({ length: 8 }, () => migrate(url, [first, second, index])));
    expect(results.flatMap(({ applied }) => applied).sort()).toEqual(["1_first", "2_second", "3_index"]);
    expect(
      await query(url, "SELECT count(*)::int AS n FROM _prisma_migrations WHERE finished_at IS NOT NULL"),
    ).toEqual([{ n: 3 }]);
  }
});

test("four processes prepare an empty database, queue and all, at once", { timeout: 60_000 }, async () => {
  const url = await emptyDatabase();
  await Promise.all(Array.from({ length: 4 }, () => prepareDatabase(url)));
  expect(
    await query(url, "SELECT to_regclass('graphile_worker._private_jobs') IS NOT NULL AS queue"),
  ).toEqual([{ queue: true }]);
});

test("a migration that fails leaves nothing, and the ones before it stay", async () => {
  const url = await emptyDatabase();
  const broken = parseMigration("2_second", "CREATE TABLE two (id int);\nSELECT 1 / 0;");
  await expect(migrate(url, [first, broken])).rejects.toThrow("Migration 2_second failed: division by zero");
  expect(
    await query(url, "SELECT to_regclass('one') IS NOT NULL AS one, to_regclass('two') IS NULL AS two"),
  ).toEqual([{ one: true, two: true }]);
  expect((await migrate(url, [first, second])).applied).toEqual(["2_second"]);
});

test("refuses when an applied migration was edited", async () => {
  const url = await emptyDatabase();
  await migrate(url, [first]);
  const edited = parseMigration(first.name, `${first.sql}\n-- edited`);
  await expect(migrate(url, [edited, second])).rejects.toThrow(
    "1_first was changed after it had been applied",
  );
  expect(
    await query(
      url,
      "SELECT 1 FROM information_schema.columns WHERE column_name = 'name' AND table_name = 'one'",
    ),
  ).toEqual([]);
  const windows = parseMigration(first.name, first.sql.replaceAll("\n", "\r\n"));
  await expect(migrate(url, [windows])).resolves.toBeDefined();
});

test("tells which applied migrations this release does not know", async () => {
  const url = await emptyDatabase();
  await migrate(url, [first, second]);
  expect(await migrate(url, [first])).toEqual({ applied: [], unknown: ["2_second"] });
});

test("waits for a table lock only for a moment, lets others pass, and tries again", {
  timeout: 30_000,
}, async () => {
  const url = await emptyDatabase();
  await migrate(url, [first]);
  const holder = new Client({ connectionString: url });
  await holder.connect();
  await holder.query("BEGIN; LOCK TABLE one IN ACCESS SHARE MODE");
  const running = migrate(url, [first, second]);
  await new Promise((resolve) => setTimeout(resolve, 1600));
  // The lock is held until after this: behind a migration that waited for it this would never end.
  await query(url, "SELECT * FROM one");
  await holder.query("COMMIT");
  expect((await running).applied).toEqual(["2_second"]);
  await holder.end();
});

test("an index whose building was cut off is built again", async () => {
  const url = await emptyDatabase();
  await migrate(url, [first, second]);
  await withClient(url, async (client) => {
    await client.query("CREATE INDEX one_name_idx ON one (name)");
    await client.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('cut-off', $1, '3_index')",
      [index.checksum],
    );
  });
  // What a killed CREATE INDEX CONCURRENTLY leaves; only a superuser may write the catalogue, so it is made for real.
  await leaveInvalidIndex(url);
  expect((await migrate(url, [first, second, index])).applied).toEqual(["3_index"]);
  expect(
    await query(url, "SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = 'one_name_idx'::regclass"),
  ).toEqual([{ valid: true }]);
  expect(
    await query(url, "SELECT count(*)::int AS n FROM _prisma_migrations WHERE migration_name = '3_index'"),
  ).toEqual([{ n: 1 }]);
});

async function leaveInvalidIndex(url: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query("DROP INDEX one_name_idx");
    await client.query("INSERT INTO one VALUES (2), (3)");
    await client.query("UPDATE one SET name = 'twin'");
    await expect(client.query("CREATE UNIQUE INDEX CONCURRENTLY one_name_idx ON one (name)")).rejects.toThrow(
      "could not create unique index",
    );
  });
}

test("killed in the middle, ten times over: the next run completes", { timeout: 120_000 }, async () => {
  const url = await emptyDatabase();
  const migrations = slowMigrations();
  const folder = writeMigrations(migrations);
  for (let round = 0; round < 10; round += 1) {
    const before = await appliedCount(url, migrations);
    const child = startMigrator(url, folder);
    const ended = once(child, "exit");
    await expect
      .poll(() => appliedCount(url, migrations), { timeout: 20_000, interval: 10 })
      .toBeGreaterThan(before + 1);
    await new Promise((resolve) => setTimeout(resolve, round * 4));
    child.kill("SIGKILL");
    expect(await ended).toEqual([null, "SIGKILL"]);
    await expectWholeMigrationsOnly(url, migrations);
  }
  await migrate(url, migrations);
  expect(await query(url, "SELECT count(*)::int AS n FROM slow")).toEqual([{ n: migrations.length - 1 }]);
  rmSync(folder, { recursive: true });
});

async function appliedCount(url: string, migrations: Migration[]): Promise<number> {
  return (
    migrations.length - (await withClient(url, (client) => pendingMigrations(client, migrations))).length
  );
}

/** Each inserts one row and takes a moment, so that a kill falls inside one of them. */
function slowMigrations(): Migration[] {
  const table = parseMigration("000_table", "CREATE TABLE slow (step int PRIMARY KEY);");
  const steps = Array.from({ length: 120 }, (_, step) =>
    parseMigration(
      `${String(step + 1).padStart(3, "0")}_step`,
      `INSERT INTO slow VALUES (${step});\nSELECT pg_sleep(0.03);`,
    ),
  );
  return [table, ...steps];
}

function writeMigrations(migrations: Migration[]): string {
  const folder = mkdtempSync(join(tmpdir(), "assay-migrations-"));
  for (const { name, sql } of migrations) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "migration.sql"), sql);
  }
  return folder;
}

function startMigrator(url: string, folder: string): ChildProcess {
  const script = `
    import { migrate } from ${JSON.stringify(fileURLToPath(new URL("./migrate.ts", import.meta.url)))};
    import { readMigrations } from ${JSON.stringify(fileURLToPath(new URL("./migration-files.ts", import.meta.url)))};
    await migrate(process.env.URL, readMigrations(process.env.FOLDER));`;
  return spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    env: { ...process.env, URL: url, FOLDER: folder },
    stdio: "ignore",
  });
}

/** A record exists exactly where the row of its migration does, and there is no hole in the order. */
async function expectWholeMigrationsOnly(url: string, migrations: Migration[]): Promise<void> {
  const applied = await appliedCount(url, migrations);
  const rows = await query<{ step: number }>(url, "SELECT step FROM slow ORDER BY step");
  // The killed client's server process may have finished its last commit between the two looks.
  expect(rows.length - (applied - 1)).toBeLessThanOrEqual(1);
  expect(rows.map(({ step }) => step)).toEqual(rows.map((_, position) => position));
}

test("files that a crash could leave half done are refused", () => {
  expect(() => parseMigration("x", "CREATE TABLE a ();\nCOMMIT;\nCREATE TABLE b ();")).toThrow(
    "one transaction",
  );
  expect(() => parseMigration("x", "-- concurrent\nCREATE INDEX CONCURRENTLY a ON b (c);")).toThrow(
    "IF NOT EXISTS",
  );
  expect(parseMigration("x", "DO $$\nBEGIN\n  NULL;\nEND;\n$$;").concurrent).toBe(false);
});

test("statements of a concurrent file are told apart by the semicolon at the end of a line", () => {
  expect(splitStatements("-- concurrent\n-- a; b;\nSELECT 1;\nSELECT ';'\n  FROM x;\n")).toEqual([
    "SELECT 1",
    "SELECT ';'\n  FROM x",
  ]);
});
