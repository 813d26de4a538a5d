import { randomUUID } from "node:crypto";
import type { HttpClient } from "./http-client";
import { type RecordedRule, recordedAnswer } from "./recorded-rule";

interface Item {
  slot_id: string;
  lease_token: string;
  /** The sender's id of the output. */
  reference: string;
  form: { id: string };
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
 * whose recorded truth is unknown is answered "cannot be judged".
 */
export async function reviewWeek(
  reviewers: readonly HttpClient[],
  most: number,
  work: ReviewWork,
): Promise<void> {
  const turns = { left: most };
  await Promise.all(reviewers.map((reviewer) => takeTurns(reviewer, turns, work)));
}

/** A turn is taken before its item, so that side by side they never do more than asked. */
async function takeTurns(reviewer: HttpClient, turns: { left: number }, work: ReviewWork): Promise<void> {
  let item: Item | null = null;
  while (turns.left > 0) {
    turns.left -= 1;
    item ??= (await reviewer.post<{ item: Item | null }>(`${work.base}/reviews/claim`, {})).item;
    if (!item) {
      turns.left += 1;
      return;
    }
    item = await decide(reviewer, item, turns.left > 0, work);
    work.done();
  }
  if (item) {
    const { slot_id, lease_token } = item;
    await reviewer.post(`${work.base}/reviews/release`, { leases: [{ slot_id, lease_token }] });
  }
}

/** Stores one decision and brings the next item in the same request, as the screen does. */
async function decide(
  reviewer: HttpClient,
  item: Item,
  goOn: boolean,
  { base, rule, truths }: ReviewWork,
): Promise<Item | null> {
  const decision = {
    slot_id: item.slot_id,
    lease_token: item.lease_token,
    submission_key: randomUUID(),
    answer_schema_id: item.form.id,
    claim_next: goOn,
  };
  const answer = recordedAnswer(rule, truths.get(item.reference));
  const reason = "The recorded history has no truth for this output.";
  const saved = await (answer
    ? reviewer.post<{ next: { item: Item | null } | null }>(`${base}/reviews/submit`, { ...decision, answer })
    : reviewer.post<{ next: { item: Item | null } | null }>(`${base}/reviews/skip`, {
        ...decision,
        outcome: "CANNOT_JUDGE",
        reason,
      }));
  return saved.next?.item ?? null;
}
