import { randomUUID } from "node:crypto";
import type { HttpClient } from "./http-client";
import { type RecordedRule, recordedAnswer } from "./recorded-rule";

interface ClaimReply {
  item: {
    slot_id: string;
    lease_token: string;
    reference: string;
    form: { id: string };
  } | null;
}

export interface ReviewWork {
  /** Address of the project's JSON interface. */
  base: string;
  rule: RecordedRule;
  truths: ReadonlyMap<string, unknown>;
  /** Called after each review that is stored. */
  done(): void;
}

/**
 * The simulated reviewers take what the queue serves next, side by side, until `most` reviews are stored or nothing is left. An item
 * whose recorded truth is unknown is answered "cannot be judged". Returns the number of reviews.
 */
export async function reviewWeek(
  reviewers: readonly HttpClient[],
  most: number,
  work: ReviewWork,
): Promise<number> {
  let claimed = 0;
  let stored = 0;
  const takeTurns = async (reviewer: HttpClient) => {
    while (claimed < most) {
      claimed += 1;
      if (!(await reviewNext(reviewer, work))) {
        claimed -= 1;
        return;
      }
      stored += 1;
      work.done();
    }
  };
  await Promise.all(reviewers.map(takeTurns));
  return stored;
}

/** False when the queue has nothing for this person. */
async function reviewNext(reviewer: HttpClient, { base, rule, truths }: ReviewWork): Promise<boolean> {
  const { item } = await reviewer.post<ClaimReply>(`${base}/reviews/claim`, {});
  if (!item) return false;
  const answer = recordedAnswer(rule, truths.get(item.reference));
  await reviewer.post(`${base}/reviews`, {
    slot_id: item.slot_id,
    lease_token: item.lease_token,
    submission_key: randomUUID(),
    answer_schema_id: item.form.id,
    decision: answer
      ? { outcome: "ANSWERED", answer }
      : { outcome: "CANNOT_JUDGE", reason: "The recorded history has no truth for this output." },
  });
  return true;
}
