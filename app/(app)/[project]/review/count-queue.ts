import type { ReviewQueueStatus } from "@/lib/review/wire-schema";
import type { ReviewState } from "./review-state";

/**
 * What the server said about the queue, and the decisions that are not in it yet. `counted` of them are; null: one was on its way
 * when it was asked, and is in neither count, so that the counts stay as they were.
 */
export function countedQueue(
  before: Pick<ReviewState, "queue" | "decided">,
  queue: ReviewQueueStatus,
  counted: number | null,
): Pick<ReviewState, "queue" | "decided" | "failure"> {
  if (counted !== null) return { queue, decided: before.decided - counted, failure: null };
  const { done_today, left, deferred } = before.queue;
  return { queue: { ...queue, done_today, left, deferred }, decided: before.decided, failure: null };
}
