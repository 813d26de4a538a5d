import { ApiProblem, problemSentence } from "@/components/ui/fetch-json";
import type { ReviewItem, SavedReview, UndoneReview } from "@/lib/review/wire-schema";
import { fateOf, type OutboxEntry } from "./outbox";
import type { Sent } from "./outbox-sender";
import type { Lease, ReviewApi } from "./review-api";

export interface SendHandlers {
  onSaved: (saved: SavedReview) => void;
  /** The answer differs from the output: its author is to look at it first. */
  onReturned: (item: ReviewItem) => void;
  onUndone: (undone: UndoneReview) => void;
  onNothingUndone: (sentence: string) => void;
}

type Calls = Pick<ReviewApi, "submit" | "skip" | "undo" | "reveal" | "claim" | "release">;

/** Sends one decision, and says what becomes of it here. */
export async function sendEntry(api: Calls, entry: OutboxEntry, handlers: SendHandlers): Promise<Sent> {
  try {
    return await sendNow(api, entry, handlers);
  } catch (error) {
    const fate = error instanceof ApiProblem ? fateOf(error.status, error.reason) : "retry";
    if (fate !== "refused") return fate;
    if (entry.path !== "undo") return { refused: problemSentence(error) };
    handlers.onNothingUndone(problemSentence(error));
    return "done";
  }
}

async function sendNow(api: Calls, entry: OutboxEntry, handlers: SendHandlers): Promise<"done" | "back"> {
  switch (entry.path) {
    case "undo":
      handlers.onUndone(await api.undo(entry.body));
      return "done";
    case "skip":
      handlers.onSaved(await api.skip(entry.body));
      return "done";
    case "answer": {
      const back = await comparedAnswer(api, entry);
      if (!back) break;
      handlers.onReturned(back);
      return "back";
    }
    case "submit":
  }
  handlers.onSaved(await api.submit(entry.body));
  return "done";
}

/**
 * An answer that was given without connection is fixed and compared first. Only one that differs comes back, as it would have been
 * looked at; null when it can be submitted as it is, also when the item has gone to somebody else.
 */
async function comparedAnswer(api: Calls, { body, wantsLook }: OutboxEntry): Promise<ReviewItem | null> {
  const lease: Lease = { slot_id: String(body.slot_id), lease_token: String(body.lease_token) };
  try {
    const { verdict } = await api.reveal(lease, String(body.answer_schema_id), body.answer);
    if (verdict === "CORRECT" && !wantsLook) return null;
  } catch (error) {
    // Also when it was submitted before and only the answer to that was lost: the same key is sent again.
    if (error instanceof ApiProblem && error.reason === "lease_lost") return null;
    throw error;
  }
  const { item } = await api.claim(false, lease);
  if (item?.slot_id === lease.slot_id) return item;
  if (item) api.release([{ slot_id: item.slot_id, lease_token: item.lease_token }]);
  return null;
}
