import { randomUUID } from "node:crypto";
import type { HttpClient } from "./http-client";
import { type RecordedRule, recordedAnswer } from "./recorded-rule";

/** What is needed to go on with an item after an interruption. */
export interface HeldItem {
  slot_id: string;
  lease_token: string;
}

interface Item extends HeldItem {
  /** The sender's id of the output. */
  reference: string;
  form: { id: string };
}

export interface ReviewWork {
  /** Address of the project's JSON interface. */
  base: string;
  rule: RecordedRule;
  truths: ReadonlyMap<string, unknown>;
  /** What each reviewer had at hand when an earlier run was interrupted, by number. */
  held: readonly (HeldItem | null)[];
  /** Called when a reviewer gets an item, and with null when there is none any more. */
  hold(reviewer: number, item: HeldItem | null): void;
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
  await Promise.all(reviewers.map((reviewer, number) => takeTurns(reviewer, number, turns, work)));
}

/**
 * A turn is taken before its item is claimed and used for that item: so what is judged is the head of the queue without a gap, and
 * the same seed gives the same estimates.
 */
async function takeTurns(
  reviewer: HttpClient,
  number: number,
  turns: { left: number },
  work: ReviewWork,
): Promise<void> {
  if (!takeTurn(turns)) return;
  const resume = work.held[number];
  let item = (
    await reviewer.post<{ item: Item | null }>(`${work.base}/reviews/claim`, resume ? { resume } : {})
  ).item;
  while (item) {
    work.hold(number, { slot_id: item.slot_id, lease_token: item.lease_token });
    const goOn = takeTurn(turns);
    item = await decide(reviewer, item, goOn, work);
    work.hold(number, null);
    work.done();
    if (!goOn) return;
  }
  turns.left += 1;
}

function takeTurn(turns: { left: number }): boolean {
  if (turns.left === 0) return false;
  turns.left -= 1;
  return true;
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
