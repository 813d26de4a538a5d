import { isAskedLate } from "@/lib/review/rubric";
import type { QueueName } from "@/lib/review/wire-schema";
import { answerFromDraft, lateFromDraft, type StatedDraft } from "./answer-draft";
import type { OutboxEntry } from "./outbox";
import { remarkBody } from "./remark";
import type { HeldItem } from "./review-state";
import { verdictNow } from "./verdict-now";

/** How an answer leaves: seen beside the output, or kept until that can be shown. */
export type AnswerPath = Extract<OutboxEntry["path"], "submit" | "answer">;

export interface Reason {
  outcome: "CANNOT_JUDGE" | "SKIPPED";
  reason: string;
}

interface Made {
  key: string;
  activeMs: number;
}

/** What is sent for an item whose answer is complete; null when it is not. */
export function answerEntry(held: HeldItem, made: Made, path: AnswerPath = "submit"): OutboxEntry | null {
  const { definition } = held.item.form;
  const stated = path === "answer" ? answerFromDraft(definition, held.draft) : statedNow(held);
  if (stated && !stated.ok) return null;
  const overrule = overruled(held);
  if (overrule === "unexplained") return null;
  return {
    key: made.key,
    path,
    reference: held.item.reference,
    ...(path === "answer" && definition.fields.some(isAskedLate) ? { wantsLook: true } : {}),
    body: {
      ...common(held, made),
      ...(stated ? { answer: stated.answer } : {}),
      ...(overrule ? { overrule } : {}),
      ...remarkBody(held, overrule?.verdict ?? verdictNow(held.item, held.draft)?.verdict ?? null),
    },
  };
}

/**
 * What is still to be stated: everything before the output is shown, after it what is asked about the output itself, null when
 * nothing is. Without having seen it, nobody can score it.
 */
export function statedNow({ item, draft }: HeldItem): StatedDraft | null {
  const { definition } = item.form;
  const scores = definition.fields.some(isAskedLate);
  if (item.revealed) return scores ? lateFromDraft(definition, draft) : null;
  const first = answerFromDraft(definition, draft);
  if (!scores || !first.ok) return first;
  const late = lateFromDraft(definition, draft);
  return late.ok ? { ok: true, answer: { ...first.answer, ...late.answer } } : late;
}

/** What is sent for an item that is handed on or cannot be judged. */
export function reasonEntry(held: HeldItem, { outcome, reason }: Reason, made: Made): OutboxEntry {
  return {
    key: made.key,
    path: "skip",
    reference: held.item.reference,
    body: { ...common(held, made), outcome, reason: reason.trim() },
  };
}

/** What is sent to take a decision back. */
export function undoEntry(which: "last" | "deferred", key: string, queue: QueueName): OutboxEntry {
  return { key, path: "undo", reference: "", body: { submission_key: key, which, queue } };
}

/** The other verdict with its reason; null when the computed one stands. */
export function overruled(held: HeldItem): { verdict: string; reason: string } | "unexplained" | null {
  const computed = verdictNow(held.item, held.draft)?.verdict;
  if (!computed || !held.overrule || held.overrule === computed) return null;
  const reason = held.overruleReason.trim();
  return reason === "" ? "unexplained" : { verdict: held.overrule, reason };
}

function common(held: HeldItem, made: Made): Record<string, unknown> {
  const comment = held.comment.trim();
  return {
    slot_id: held.item.slot_id,
    lease_token: held.item.lease_token,
    submission_key: made.key,
    answer_schema_id: held.item.form.id,
    active_ms: made.activeMs,
    ...(comment === "" ? {} : { comment }),
  };
}
