import pg from "pg";

import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";

/** Own pools per kind of work, so that slow charts never keep ingest waiting. Sum per process: 18 connections. */
const SIZES = { web: 8, ingest: 6, job: 4 } as const;
export type PoolName = keyof typeof SIZES;

const holder = globalThis as typeof globalThis & { assayPools?: Partial<Record<PoolName, pg.Pool>> };

/** The shared pool of this process; Next bundles its own copy of this module, hence `globalThis`. */
export function pool(name: PoolName): pg.Pool {
  holder.assayPools ??= {};
  const known = holder.assayPools[name];
  if (known) return known;
  const url = env().DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set: the server sets it after it has started the database.");
  const created = createPool(url, name, SIZES[name]);
  holder.assayPools[name] = created;
  return created;
}

/** A pool with the time limits that keep one bad query from holding everything. */
export function createPool(url: string, name: string, max: number): pg.Pool {
  const created = new pg.Pool({
    connectionString: url,
    max,
    application_name: `assay-${name}`,
    connectionTimeoutMillis: 5_000,
    idle_in_transaction_session_timeout: 10_000,
    statement_timeout: name === "job" ? 300_000 : 15_000,
    lock_timeout: 5_000,
  });
  // An idle connection that breaks must not end the process; the next query gets a new one.
  created.on("error", (error) => log().warn({ pool: name, message: error.message }, "idle database connection lost"));
  return created;
}

/** Ends all pools of this process. */
export async function closePools(): Promise<void> {
  const pools = Object.values(holder.assayPools ?? {});
  holder.assayPools = {};
  await Promise.all(pools.map((each) => each.end()));
}
