import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";

import { type Prisma, PrismaClient } from "@/lib/db/generated/client";
import { type PoolName, pool } from "@/lib/db/pool";

/** A Prisma client or the client of a running transaction: use cases take either. */
export type Db = PrismaClient | Prisma.TransactionClient;

/** Client of a transaction that is already open. */
export type Tx = Prisma.TransactionClient;

const holder = globalThis as typeof globalThis & { assayClients?: Partial<Record<PoolName, PrismaClient>> };

/** The shared Prisma client of this process over the named pool. */
export function database(name: PoolName = "web"): PrismaClient {
  holder.assayClients ??= {};
  holder.assayClients[name] ??= createClient(pool(name));
  return holder.assayClients[name];
}

/** Prisma and raw SQL share one pool. */
export function createClient(over: pg.Pool): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg(over) });
}
