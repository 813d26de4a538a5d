import type { JobName, JobPayload } from "@/lib/core/job";
import type { Tx } from "./client";
import { Prisma } from "./generated/client";

/**
 * Adds a job in the caller's transaction: it exists exactly when the change commits. Jobs of one `key` that have not started are
 * merged into one, so a burst of changes causes one run; `delaySeconds` is the time in which they gather. Jobs of one `queue` run one
 * after the other over all workers. `onlyIf` is asked in the same statement: a job with nothing to do is not written.
 */
export async function enqueueJob<N extends JobName>(
  tx: Tx,
  name: N,
  payload: JobPayload<N>,
  options: { key: string; delaySeconds?: number; queue?: string; onlyIf?: Prisma.Sql },
): Promise<void> {
  await tx.$executeRaw`
    SELECT graphile_worker.add_job(
      ${name}, ${JSON.stringify(payload)}::json, job_key => ${options.key}, job_key_mode => 'preserve_run_at',
      run_at => now() + make_interval(secs => ${options.delaySeconds ?? 0}::double precision), max_attempts => 12,
      queue_name => ${options.queue ?? null}::text)
    WHERE ${options.onlyIf ?? Prisma.sql`true`}`;
}
