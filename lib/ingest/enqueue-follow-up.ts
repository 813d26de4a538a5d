import type pg from "pg";
import type { JobName } from "@/lib/core/job";

const DELAY_MS = 1_000;
/** Shorter than the delay: whoever leaves the job to another has committed before it begins. */
const QUIET_MS = 700;

const KEY_PREFIX = {
  "fold-counts": "fold",
  "refresh-estimate": "refresh",
  "settle-truth": "settle",
} as const;
export type FollowUp = keyof typeof KEY_PREFIX & JobName;

/** The same as `enqueueJob`, on the connection of a raw transaction; a job that was waiting already keeps its time. */
export async function enqueueRaw(client: pg.ClientBase, name: FollowUp, projectId: string): Promise<void> {
  await client.query({
    name: "ingest-enqueue",
    text: `
      SELECT 1 FROM graphile_worker.add_job($1, json_build_object('projectId', $2::text), job_key => $3,
        job_key_mode => 'preserve_run_at', run_at => now() + $4::int * interval '1 millisecond', max_attempts => 12)`,
    values: [name, projectId, `${KEY_PREFIX[name]}:${projectId}`, DELAY_MS],
  });
}

/**
 * Says which transactions enqueue the folding job themselves: one now and then. Two that touch one job row wait for each other's
 * commit (and the queue's notification makes all commits wait), which would undo concurrent ingest. Counts whose transaction fails
 * to leave a job, or commits late, are found by the worker's catch-up within a minute.
 */
export type FoldSchedule = (projectId: string) => boolean;

export function foldSchedule(now: () => number = () => performance.now()): FoldSchedule {
  const enqueuedAt = new Map<string, number>();
  return (projectId) => {
    if (now() - (enqueuedAt.get(projectId) ?? Number.NEGATIVE_INFINITY) < QUIET_MS) return false;
    if (enqueuedAt.size >= 10_000) enqueuedAt.clear();
    enqueuedAt.set(projectId, now());
    return true;
  };
}
