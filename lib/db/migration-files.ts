import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Migration {
  name: string;
  sql: string;
  /** As Prisma's own command line computes it. */
  checksum: string;
  /** The first line is `-- concurrent`: statements run one by one, outside of a transaction. */
  concurrent: boolean;
}

const CONCURRENT = /^-- concurrent\s*$/;
const OWN_TRANSACTION = /^\s*(BEGIN|COMMIT|ROLLBACK|START\s+TRANSACTION)\s*;/im;

/** All migrations in the order in which they are applied. */
export function readMigrations(folder: string = join(process.cwd(), "prisma", "migrations")): Migration[] {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return names.map((name) => parseMigration(name, readFileSync(join(folder, name, "migration.sql"), "utf8")));
}

/** @throws Error when the file breaks a rule that makes a crash in the middle harmless. */
export function parseMigration(name: string, sql: string): Migration {
  const concurrent = CONCURRENT.test(sql.split("\n", 1)[0] ?? "");
  if (!concurrent && OWN_TRANSACTION.test(sql)) {
    throw new Error(`Migration ${name} ends its own transaction: each file is one transaction.`);
  }
  if (concurrent && /\bINDEX\s+CONCURRENTLY\s+(?!IF\s)/i.test(sql)) {
    throw new Error(
      `Migration ${name}: write CREATE INDEX CONCURRENTLY IF NOT EXISTS, so that it can run again.`,
    );
  }
  return { name, sql, checksum: checksum(sql), concurrent };
}

/** A checkout with Windows line ends is still the same migration. */
export function sameChecksum(migration: Migration, recorded: string): boolean {
  return recorded === migration.checksum || recorded === checksum(migration.sql.replaceAll("\r\n", "\n"));
}

/** The statements of a `-- concurrent` file: each ends with a semicolon at the end of a line. */
export function splitStatements(sql: string): string[] {
  const code = sql.replaceAll(/^\s*--.*$/gm, "");
  return code
    .split(/;[ \t]*\r?$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}

/** Names of the indexes that a `-- concurrent` file builds. */
export function concurrentIndexes(sql: string): string[] {
  const found = sql.matchAll(/CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\s+IF\s+NOT\s+EXISTS\s+"?(\w+)"?/gi);
  return [...found].flatMap((match) => (match[1] ? [match[1]] : []));
}

function checksum(sql: string): string {
  return createHash("sha256").update(sql).digest("hex");
}
