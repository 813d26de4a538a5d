import type { PrismaClient } from "@/lib/db/generated/client";

const BATCH = 20_000;

/** Deletes what has outlived its use; nothing that a person or a number refers to. Returns the number of rows. */
export async function sweepExpired(db: PrismaClient): Promise<number> {
  const keys = await inBatches(
    () => db.$executeRaw`
      DELETE FROM idempotency_key WHERE (project_id, source_id, key) IN (
        SELECT project_id, source_id, key FROM idempotency_key WHERE expires_at < now() LIMIT ${BATCH})`,
  );
  const limits = await inBatches(
    () => db.$executeRaw`
      DELETE FROM rate_limit WHERE key IN (
        SELECT key FROM rate_limit WHERE expire < extract(epoch FROM now()) * 1000 LIMIT ${BATCH})`,
  );
  const sessions = await db.$executeRaw`
    DELETE FROM session WHERE LEAST(expires_at, ended_at) < now() - interval '30 days'`;
  const beats = await db.$executeRaw`
    DELETE FROM heartbeat WHERE worker_id IS NOT NULL AND last_seen_at < now() - interval '1 day'`;
  const contents = await inBatches(
    () => db.$executeRaw`
      DELETE FROM content_unit WHERE (project_id, input_hash, output_hash, epoch_id) IN (
        SELECT project_id, input_hash, output_hash, epoch_id FROM content_unit WHERE seen_at < now() - interval '35 days' LIMIT ${BATCH})`,
  );
  const stalls = await db.$executeRaw`DELETE FROM job_stall WHERE ended_at < now() - interval '90 days'`;
  const readings = await db.$executeRaw`DELETE FROM stored_reading WHERE made_at < now() - interval '7 days'`;
  return readings + keys + limits + sessions + beats + contents + stalls;
}

/** Short statements, so that no lock is held for long. */
async function inBatches(statement: () => Promise<number>): Promise<number> {
  for (let rows = 0; ; ) {
    const deleted = await statement();
    rows += deleted;
    if (deleted < BATCH) return rows;
  }
}
