import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import {
  concurrentIndexes,
  type Migration,
  readMigrations,
  sameChecksum,
  splitStatements,
} from "./migration-files";

/** The lock that Prisma's own command line takes, so that both wait for each other. */
const LOCK = 72_707_369;
const LOCK_WAIT_SECONDS = 300;
/** A migration that waits for a table lock makes everyone behind it wait too: give up soon, try again. */
const TABLE_LOCK_WAIT = "1s";
const TABLE_LOCK_ATTEMPTS = 30;

export interface MigrateResult {
  applied: string[];
  /** Applied to this database but unknown here: a newer release has been at work. */
  unknown: string[];
}

/**
 * Brings the database to the schema of this release. Safe with several replicas at once, twice, and after a crash at any
 * point; refuses when a migration that was applied has been edited since.
 */
export async function migrate(
  url: string,
  migrations: Migration[] = readMigrations(),
): Promise<MigrateResult> {
  const client = new Client({
    connectionString: url,
    application_name: "assay-migrate",
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const applied: string[] = [];
    for (const migration of await outstanding(client, migrations)) {
      const run = migration.concurrent ? applyConcurrent : applyInTransaction;
      if (await run(client, migration)) applied.push(migration.name);
    }
    return { applied, unknown: await unknownMigrations(client, migrations) };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Names of this release's migrations that the database does not have; for the readiness check. */
export async function pendingMigrations(
  client: Pick<Client, "query">,
  migrations: Migration[] = readMigrations(),
): Promise<string[]> {
  const records = await readRecords(client);
  return migrations.filter(({ name }) => !isApplied(records.get(name))).map(({ name }) => name);
}

async function outstanding(client: Client, migrations: Migration[]): Promise<Migration[]> {
  const records = await readRecords(client);
  return migrations.filter((migration) => {
    const record = records.get(migration.name);
    if (isApplied(record)) refuseEdited(migration, record);
    return !isApplied(record);
  });
}

async function unknownMigrations(client: Client, migrations: Migration[]): Promise<string[]> {
  const known = new Set(migrations.map(({ name }) => name));
  return [...(await readRecords(client)).keys()].filter((name) => !known.has(name));
}

/** One transaction holds the lock, the statements and the record. Returns false when another process was first. */
async function applyInTransaction(client: Client, migration: Migration): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await takeLock(client, "BEGIN", "pg_try_advisory_xact_lock", "ROLLBACK");
      const changed = await applyUnderLock(client, migration);
      await client.query("COMMIT");
      return changed;
    } catch (error) {
      await client.query("ROLLBACK").catch(() => undefined);
      const busy = error instanceof DatabaseError && error.code === "55P03";
      if (!busy || attempt >= TABLE_LOCK_ATTEMPTS) throw failure(migration, error);
      await pause(200 + Math.random() * 800);
    }
  }
}

/**
 * Asks again and again instead of waiting inside the database: a session that waits there holds a snapshot, and building an
 * index concurrently waits for every snapshot, so both would wait for each other (seen: "deadlock detected").
 */
async function takeLock(client: Client, before: string, lock: string, after: string): Promise<void> {
  const deadline = performance.now() + LOCK_WAIT_SECONDS * 1000;
  for (;;) {
    await client.query(before);
    const { rows } = await client.query<{ taken: boolean }>(`SELECT ${lock}($1) AS taken`, [LOCK]);
    if (rows[0]?.taken) return;
    if (after) await client.query(after);
    if (performance.now() > deadline) throw new Error("another process has been migrating for five minutes");
    await pause(20 + Math.random() * 80);
  }
}

async function applyUnderLock(client: Client, migration: Migration): Promise<boolean> {
  await ensureRecords(client);
  const record = (await readRecords(client)).get(migration.name);
  if (isApplied(record)) {
    refuseEdited(migration, record);
    return false;
  }
  if (record) {
    throw new Error(
      "it was begun by another tool and did not finish. Look at the database, then run `prisma migrate resolve`.",
    );
  }
  await client.query(`SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '${TABLE_LOCK_WAIT}'`);
  await client.query(migration.sql);
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, transaction_timestamp(), clock_timestamp(), 1)`,
    [randomUUID(), migration.checksum, migration.name],
  );
  return true;
}

/** Outside of a transaction: the record is written first, and a run that was cut off is done again from the start. */
async function applyConcurrent(client: Client, migration: Migration): Promise<boolean> {
  await takeLock(client, "SET lock_timeout = 0", "pg_try_advisory_lock", "");
  try {
    await client.query("SET statement_timeout = 0");
    await ensureRecords(client);
    const record = (await readRecords(client)).get(migration.name);
    if (isApplied(record)) {
      refuseEdited(migration, record);
      return false;
    }
    await beginRecord(client, migration);
    await dropInvalidIndexes(client, migration);
    const statements = splitStatements(migration.sql);
    for (const statement of statements) await client.query(statement);
    await client.query(
      `UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = $2
       WHERE migration_name = $1 AND finished_at IS NULL AND rolled_back_at IS NULL`,
      [migration.name, statements.length],
    );
    return true;
  } catch (error) {
    throw failure(migration, error);
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [LOCK]).catch(() => undefined);
  }
}

async function beginRecord(client: Client, migration: Migration): Promise<void> {
  await client.query(
    `DELETE FROM _prisma_migrations WHERE migration_name = $1 AND finished_at IS NULL AND rolled_back_at IS NULL`,
    [migration.name],
  );
  await client.query(`INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)`, [
    randomUUID(),
    migration.checksum,
    migration.name,
  ]);
}

/** CREATE INDEX CONCURRENTLY that was cut off leaves an index that is kept up to date but never used. */
async function dropInvalidIndexes(client: Client, migration: Migration): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(relname) AS name FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid
     WHERE NOT indisvalid AND relname = ANY($1) AND relnamespace = current_schema()::regnamespace`,
    [concurrentIndexes(migration.sql)],
  );
  for (const { name } of rows) await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
}

interface MigrationRecord {
  checksum: string;
  finished: boolean;
}

function isApplied(record: MigrationRecord | undefined): record is MigrationRecord {
  return record?.finished === true;
}

async function readRecords(client: Pick<Client, "query">): Promise<Map<string, MigrationRecord>> {
  const { rows: tables } = await client.query<{ exists: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists",
  );
  if (!tables[0]?.exists) return new Map();
  const { rows } = await client.query<MigrationRecord & { name: string }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY finished_at NULLS FIRST`,
  );
  return new Map(rows.map((row) => [row.name, row]));
}

/** The table as Prisma's own command line makes it, so that `prisma migrate status` agrees with us. */
async function ensureRecords(client: Client): Promise<void> {
  await client.query(`
    CREATE TABLE IF NOT EXISTS _prisma_migrations (
      id varchar(36) PRIMARY KEY NOT NULL,
      checksum varchar(64) NOT NULL,
      finished_at timestamptz,
      migration_name varchar(255) NOT NULL,
      logs text,
      rolled_back_at timestamptz,
      started_at timestamptz NOT NULL DEFAULT now(),
      applied_steps_count integer NOT NULL DEFAULT 0
    )`);
}

function refuseEdited(migration: Migration, record: MigrationRecord): void {
  if (sameChecksum(migration, record.checksum)) return;
  throw new Error(
    `Migration ${migration.name} was changed after it had been applied to this database. Restore the file, or add a new migration.`,
  );
}

function failure(migration: Migration, cause: unknown): Error {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.startsWith("Migration ")
    ? new Error(message, { cause })
    : new Error(`Migration ${migration.name} failed: ${message}`, { cause });
}
