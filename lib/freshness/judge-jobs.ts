import type { JobName } from "@/lib/core/job";
import { JOB_PROMISES } from "./job-promise";

/** How often somebody looks. */
export const LOOK_SECONDS = 10;
/** A watch with a longer gap was asleep: what it did not see is no news. */
export const WATCH_GAP_SECONDS = 40;
/** A worker says every ten seconds that it lives. */
const SILENT_WORKER_SECONDS = 30;
/** Two intervals, less two looks (one finds it, at the next it is overdue and sent), so that the alarm is out before they are over. */
const SPARE_SECONDS = 25;

export interface JobFacts {
  /** The newest sign of life of any worker. */
  workerSeenAt: Date | null;
  lastSuccess: ReadonlyMap<string, Date>;
  /** The oldest work of each kind and project that was asked for and is not done, failed or not. */
  waiting: readonly { name: string; projectId: string | null; since: Date }[];
}

export interface Stall {
  /** No worker does anything, or the kind of job that stands still. */
  subject: "worker" | JobName;
  /** Null: everywhere. */
  projectId: string | null;
  since: Date;
}

/**
 * What stands still at `now`. Nothing is held against a job from before `watchedSince`: then nobody was there to do it, as after a
 * night in which the computer slept. When no worker lives, that is said instead of all that follows from it.
 */
export function judgeJobs(
  { workerSeenAt, lastSuccess, waiting }: JobFacts,
  { now, watchedSince }: { now: Date; watchedSince: Date },
): Stall[] {
  const secondsSince = (at: Date | undefined | null) =>
    (now.getTime() - Math.max(at?.getTime() ?? 0, watchedSince.getTime())) / 1_000;
  const stalls: Stall[] = [];
  for (const [name, { seconds, asked }] of promises()) {
    const allowed = 2 * seconds - SPARE_SECONDS;
    if (asked) {
      for (const work of waiting)
        if (work.name === name && secondsSince(work.since) > allowed)
          stalls.push({ subject: name, projectId: work.projectId, since: work.since });
    } else if (secondsSince(lastSuccess.get(name)) > allowed)
      stalls.push({ subject: name, projectId: null, since: lastSuccess.get(name) ?? watchedSince });
  }
  const workerIsSilent = secondsSince(workerSeenAt) > SILENT_WORKER_SECONDS;
  if (!workerIsSilent || stalls.length === 0) return stalls;
  return [{ subject: "worker", projectId: null, since: workerSeenAt ?? watchedSince }];
}

function promises() {
  return Object.entries(JOB_PROMISES) as [JobName, (typeof JOB_PROMISES)[JobName]][];
}
