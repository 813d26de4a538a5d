import type pg from "pg";
import type { JobName } from "@/lib/core/job";

const DELAY_MS = 1_000;
/** A transaction that is about to commit relies on a job that begins no sooner than this. */
const MARGIN_MS = 200;

const KEY_PREFIX = {
  "fold-counts": "fold",
  "refresh-estimate": "refresh",
  "settle-truth": "settle",
} as const;
export type FollowUp = keyof typeof KEY_PREFIX & JobName;

/**
 * The same as `enqueueJob`, on the connection of a raw transaction. Returns after how many milliseconds the job begins at the
 * earliest: one that was waiting already keeps its time.
 */
export async function enqueueRaw(client: pg.ClientBase, name: FollowUp, projectId: string): Promise<number> {
  const { rows } = await client.query<{ inMs: number }>({
    name: "ingest-enqueue",
    text: `
      SELECT extract(epoch FROM run_at - clock_timestamp())::float8 * 1000 AS "inMs"
      FROM graphile_worker.add_job($1, json_build_object('projectId', $2::text), job_key => $3, job_key_mode => 'preserve_run_at',
        run_at => now() + $4::int * interval '1 millisecond', max_attempts => 12)`,
    values: [name, projectId, `${KEY_PREFIX[name]}:${projectId}`, DELAY_MS],
  });
  return rows[0]?.inMs ?? 0;
}

/**
 * Says whether a transaction must enqueue the folding job itself. Two that touch one job row wait for each other's commit (and the
 * queue's notification makes all commits wait), which would undo concurrent ingest. So while a committed job is known not to begin
 * yet, others leave it to that one; should one commit late, the worker's catch-up finds its counts within a minute.
 */
export interface FoldSchedule {
  mustEnqueue(projectId: string): boolean;
  /** A transaction has committed whose job begins in `inMs`. */
  committed(projectId: string, inMs: number): void;
}

export function foldSchedule(now: () => number = () => performance.now()): FoldSchedule {
  const beginsAt = new Map<string, number>();
  return {
    mustEnqueue: (projectId) => (beginsAt.get(projectId) ?? 0) < now() + MARGIN_MS,
    committed(projectId, inMs) {
      if (beginsAt.size >= 10_000) beginsAt.clear();
      beginsAt.set(projectId, now() + inMs);
    },
  };
}
