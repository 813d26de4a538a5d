import { createHash } from "node:crypto";
import type pg from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/lib/core/errors";

/** Guesses are bounded over all replicas: the counters live in the table rate_limit. */
const WINDOWS = {
  account: { points: 10, duration: 15 * 60 },
  address: { points: 100, duration: 15 * 60 },
  setup: { points: 10, duration: 60 * 60 },
  link: { points: 30, duration: 60 * 60 },
} as const;
export type LimitKind = keyof typeof WINDOWS;

const limiters = new WeakMap<pg.Pool, Map<LimitKind, RateLimiterPostgres>>();

function limiter(pool: pg.Pool, kind: LimitKind): RateLimiterPostgres {
  const known = limiters.get(pool) ?? new Map<LimitKind, RateLimiterPostgres>();
  limiters.set(pool, known);
  const existing = known.get(kind);
  if (existing) return existing;
  const created = new RateLimiterPostgres({
    storeClient: pool,
    // BoundPool of our own bundle: the name of its class may be minified.
    storeType: "pool",
    tableName: "rate_limit",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: kind,
    ...WINDOWS[kind],
  });
  known.set(kind, created);
  return created;
}

/** Takes one try, before the answer is known, so that parallel guesses count too. @throws AppError LIMIT */
export async function takeTry(pool: pg.Pool, kind: LimitKind, subject: string): Promise<void> {
  try {
    await limiter(pool, kind).consume(hashed(subject));
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    throw new AppError("LIMIT", "Too many tries. Wait a quarter of an hour and try again.", {
      reason: "too_many_tries",
      retryAfterSeconds: Math.max(1, refused.msBeforeNext / 1000),
    });
  }
}

/** Gives the try back: it was no guess. */
export async function returnTry(pool: pg.Pool, kind: LimitKind, subject: string): Promise<void> {
  await limiter(pool, kind).reward(hashed(subject));
}

/** One try at a link: what works was no guess, so that many people of one address can take theirs. @throws AppError LIMIT */
export async function tryLink<T>(pool: pg.Pool, subject: string, work: () => Promise<T>): Promise<T> {
  await takeTry(pool, "link", subject);
  const result = await work();
  await returnTry(pool, "link", subject);
  return result;
}

/** Forgets all tries of this subject. */
export async function clearTries(pool: pg.Pool, kind: LimitKind, subject: string): Promise<void> {
  await limiter(pool, kind).delete(hashed(subject));
}

/** Addresses and mailboxes are not kept in the clear, and an odd one cannot exceed the column. */
function hashed(subject: string): string {
  return createHash("sha256").update(subject).digest("base64url");
}
