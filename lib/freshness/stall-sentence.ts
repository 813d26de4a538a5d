import { formatDuration } from "@/lib/core/format";
import type { JobName } from "@/lib/core/job";
import { JOB_PROMISES } from "./job-promise";
import type { Stall } from "./judge-jobs";

type Subject = Stall["subject"];

/** What stands still, as a sentence. */
export function stallSentence(subject: Subject): string {
  return subject === "worker"
    ? "The worker does not answer, so that nothing is counted, checked or sent."
    : JOB_PROMISES[subject].standsStill;
}

/** "for 14 min" */
export function stallAge(since: Date, now: Date): string {
  return `for ${formatDuration(Math.max(0, (now.getTime() - since.getTime()) / 1_000))}`;
}

export function isMinor(subject: Subject): boolean {
  return subject !== "worker" && JOB_PROMISES[subject].minor === true;
}

export function isSubject(text: string): text is Subject {
  return text === "worker" || (text as JobName) in JOB_PROMISES;
}
