/**
 * Replays everything that a project holds, as a process that dies by kill -9 with its n-th statement in the database: sent, and not
 * answered. Started by the test of replay under kills only.
 */
import type pg from "pg";
import { createClient } from "@/lib/db/client";
import { createPool } from "@/lib/db/pool";
import { contextFor } from "@/lib/testing/make-project";
import { heldParts } from "@/lib/ingest/held-parts";
import { settleHeld } from "@/lib/ingest/settle-held";

const pool = createPool(process.env["DATABASE_URL"] ?? "", "replay", 4);
const db = createClient(createPool(process.env["DATABASE_URL"] ?? "", "web", 4));
let left = Number(process.env["DIES_AT"]);

/** Counts the statements of each connection that the pool hands out. */
const counting = new Proxy(pool, {
  get(target, name) {
    if (name !== "connect") return Reflect.get(target, name) as unknown;
    return async () => {
      const client = await target.connect();
      const query = client.query.bind(client) as (...sent: unknown[]) => unknown;
      return new Proxy(client, {
        get: (inner, key) => (key === "query" ? dying(query) : bound(inner, key)),
      });
    };
  },
});

function bound(client: pg.PoolClient, key: string | symbol): unknown {
  const value = Reflect.get(client, key) as unknown;
  return typeof value === "function" ? value.bind(client) : value;
}

function dying(query: (...sent: unknown[]) => unknown) {
  return (...sent: unknown[]) => {
    const answer = query(...sent);
    left -= 1;
    // In the next turn the statement has been written to the socket.
    if (left === 0) setImmediate(() => process.kill(process.pid, "SIGKILL"));
    return left <= 0 ? new Promise(() => undefined) : answer;
  };
}

const project = await db.project.findUniqueOrThrow({ where: { id: process.env["PROJECT_ID"] ?? "" } });
const ctx = contextFor(db, project);
const parts = { ...heldParts(ctx), pool: counting };
let after: string | undefined;
do {
  const { next } = await settleHeld(ctx, parts, after === undefined ? {} : { after }, { kind: "replay" });
  after = next ?? undefined;
} while (after !== undefined);
process.exit(0);
