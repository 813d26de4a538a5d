import { formatCount, formatWait } from "@/lib/core/format";
import type { ResponseTimes, Waits } from "@/lib/incident/response-times";

/** Below this a summary says more about single incidents than about a habit. */
const FEWEST = 3;

/** How long incidents waited for somebody, and until they were over; null while there were too few. */
export function responseWords(times: ResponseTimes): string | null {
  if (times.incidents < FEWEST) return null;
  const alone =
    times.endedAlone > 0
      ? ` ${formatCount(times.endedAlone)} more ended by ${times.endedAlone === 1 ? "itself" : "themselves"} before anybody touched ${times.endedAlone === 1 ? "it" : "them"}.`
      : "";
  return `Of ${formatCount(times.incidents)} incidents in the last ${times.days} days, ${part(times.taken, "taken up")}. ${sentence(part(times.resolved, "over"))}.${alone}`;
}

/** "half were taken up within 3 h, nine in ten within 2 days" */
function part({ half, mostly, within, later }: Waits, done: string): string {
  if (within.every((count) => count === 0) && later === 0) return `none is ${done} yet`;
  if (half === null) return `more than half are not ${done} yet`;
  const first = `half were ${done} within ${formatWait(half)}`;
  return mostly === null
    ? `${first}; more than one in ten are not ${done} yet`
    : `${first}, nine in ten within ${formatWait(mostly)}`;
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
