import type pg from "pg";
import type { JobName } from "@/lib/core/job";

export const BEAT_SECONDS = 10;
/** A worker that has not been seen for so long is dead; what it held is free again. */
const DEAD_SECONDS = 30;

export interface WorkerIdentity {
  /** One per process. */
  id: string;
  /** Names under which this process holds jobs in the queue. */
  holders: string[];
}

/** Says that this worker lives. Written before it takes its first job and every few seconds from then on. */
export async function beat(pool: pg.Pool, { id, holders }: WorkerIdentity): Promise<void> {
  await pool.query(
    `INSERT INTO heartbeat (name, worker_id, last_seen_at, details) VALUES ('worker:' || $1::text, $1, now(), $2)
     ON CONFLICT (name) DO UPDATE SET last_seen_at = excluded.last_seen_at, details = excluded.details`,
    [id, JSON.stringify({ holders })],
  );
}

/** Takes the heartbeat away, so that what this worker may still hold is freed by the next beat of any other. */
export async function endBeat(pool: pg.Pool, { id }: WorkerIdentity): Promise<void> {
  await pool.query("DELETE FROM heartbeat WHERE name = 'worker:' || $1::text", [id]);
}

/** Notes that a job of this kind has succeeded: silence is never taken for health. */
export async function noteSuccess(pool: pg.Pool, name: JobName, milliseconds: number): Promise<void> {
  await pool.query(
    `INSERT INTO heartbeat (name, last_seen_at, details) VALUES ('job:' || $1::text, now(), $2)
     ON CONFLICT (name) DO UPDATE SET last_seen_at = excluded.last_seen_at, details = excluded.details`,
    [name, JSON.stringify({ milliseconds: Math.round(milliseconds) })],
  );
}

/** Runs a job and then notes its success: of one that failed the last success stays what it was. */
export async function runNoted(
  run: () => Promise<unknown>,
  note: (milliseconds: number) => Promise<void>,
): Promise<void> {
  const started = performance.now();
  await run();
  await note(performance.now() - started);
}

/**
 * Frees the jobs of workers that died: the queue itself would keep them for four hours. A worker that was only stopped for a while
 * may then work beside the one that took its job over; every job allows that. Returns the number of holders freed.
 */
export async function freeDeadWorkers(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ freed: number }>(
    `WITH live AS (
       SELECT jsonb_array_elements_text(details -> 'holders') AS holder FROM heartbeat
       WHERE worker_id IS NOT NULL AND last_seen_at > now() - make_interval(secs => $1)
     ), dead AS (
       SELECT array_agg(DISTINCT locked_by) AS holders FROM graphile_worker._private_jobs
       WHERE locked_by IS NOT NULL AND locked_at < now() - interval '15 seconds' AND locked_by NOT IN (SELECT holder FROM live)
     )
     SELECT COALESCE(cardinality(holders), 0) AS freed, graphile_worker.force_unlock_workers(COALESCE(holders, '{}')) FROM dead`,
    [DEAD_SECONDS],
  );
  return rows[0]?.freed ?? 0;
}
