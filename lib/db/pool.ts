import pg from "pg";

import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";

/** Own pools per kind of work, so that slow charts never keep ingest waiting. With the worker's own: 20 connections. */
const SIZES = { web: 8, ingest: 6 } as const;
const STATEMENT_SECONDS: Record<string, number> = { web: 15, ingest: 5, job: 300 };
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

/** How busy the pools of this process are. */
export function poolUse(): { name: string; inUse: number; waiting: number }[] {
  return Object.entries(holder.assayPools ?? {}).map(([name, { totalCount, idleCount, waitingCount }]) => ({
    name,
    inUse: totalCount - idleCount,
    waiting: waitingCount,
  }));
}

/** A pool with the time limits that keep one bad query from holding everything. */
export function createPool(url: string, name: string, max: number): pg.Pool {
  const statementSeconds = STATEMENT_SECONDS[name] ?? 60;
  const created = new pg.Pool({
    connectionString: url,
    max,
    application_name: `assay-${name}`,
    connectionTimeoutMillis: 5_000,
    idle_in_transaction_session_timeout: 10_000,
    statement_timeout: statementSeconds * 1000,
    // The server's own limit cannot fire when the server itself hangs.
    query_timeout: (statementSeconds + 2) * 1000,
    lock_timeout: name === "ingest" ? 2_000 : 5_000,
    keepAlive: true,
  });
  // A connection that breaks, idle or in use, must not end the process; the next query gets a new one.
  const lost = (error: Error) => {
    // An ended pool says so before its sockets are closed: the database that stops next is no surprise.
    if (!created.ending) log().warn({ pool: name, message: error.message }, "database connection lost");
  };
  created.on("error", lost);
  created.on("connect", (client) => client.on("error", lost));
  return created;
}

/** Ends all pools of this process. */
export async function closePools(): Promise<void> {
  const pools = Object.values(holder.assayPools ?? {});
  holder.assayPools = {};
  await Promise.all(pools.map((each) => each.end()));
}
