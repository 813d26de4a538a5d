import { randomBytes } from "node:crypto";
import type pg from "pg";
import { afterAll, inject } from "vitest";
import { createClient } from "@/lib/db/client";
import type { PrismaClient } from "@/lib/db/generated/client";
import { closePools, createPool } from "@/lib/db/pool";
import { databaseUrl, dropDatabase, withClient } from "./cluster";

export interface TestDatabase {
  db: PrismaClient;
  pool: pg.Pool;
  url: string;
}

let current: Promise<TestDatabase> | undefined;

/**
 * The database of this test file: a fresh copy of the migrated template, dropped at the end. The product's own pools
 * (`pool("web")`, `database()`) reach the same one. Call it at the top of the file: `const { db } = await testDatabase()`.
 */
export function testDatabase(): Promise<TestDatabase> {
  current ??= openDatabase();
  return current;
}

async function openDatabase(): Promise<TestDatabase> {
  const { url: serverUrl, template } = inject("testServer");
  const name = `assay_test_${process.pid}_${randomBytes(4).toString("hex")}`;
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  const url = databaseUrl(serverUrl, name);
  process.env.DATABASE_URL = url;
  const pool = createPool(url, "test", 8);
  const db = createClient(pool);
  afterAll(async () => {
    await db.$disconnect();
    await Promise.all([pool.end(), closePools()]);
    await withClient(serverUrl, (client) => dropDatabase(client, name));
  });
  return { db, pool, url };
}
