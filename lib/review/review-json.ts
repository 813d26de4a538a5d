import { buildId } from "@/lib/core/build-id";
import type { AnswerSchemaVersion } from "./create-answer-schema";
import type { LeasedItem, Revealed } from "./leased-item";
import type { QueueStatus } from "./queue-status";
import type { Severity } from "./wire-schema";
import type { AnswerSchemaJson } from "./schema";
import type {
  Claimed,
  Opinion,
  RevealedOutput,
  ReviewItem,
  ReviewQueueStatus,
  SavedReview,
  UndoneReview,
} from "./wire-schema";
import type { StatedOpinion } from "./read-opinions";
import type { StoredReview, Submission } from "./submit-review";
import type { Undone } from "./undo-review";

export function itemJson(item: LeasedItem): ReviewItem {
  return {
    slot_id: item.slotId,
    lease_token: item.leaseToken,
    seconds_left: item.secondsLeft,
    reference: item.reference,
    input: item.input,
    input_flags: item.inputFlags,
    form: item.form,
    revealed: item.revealed && revealedJson(item.revealed),
    shown: item.shown && { output: item.shown.output, output_values: item.shown.outputValues },
    opinions: item.opinions && item.opinions.map(opinionJson),
  };
}

export function revealedJson({ fieldResults, outputValues, ...revealed }: Revealed): RevealedOutput {
  return { ...revealed, field_results: fieldResults, output_values: outputValues };
}

function opinionJson({ fieldResults, overruleReason, ...opinion }: StatedOpinion): Opinion {
  return { ...opinion, field_results: fieldResults, overrule_reason: overruleReason };
}

export function queueJson(status: QueueStatus): ReviewQueueStatus {
  return {
    done_today: status.doneToday,
    left: status.left,
    left_is_at_least: status.leftIsAtLeast,
    deferred: status.deferred,
    forecast: status.forecast,
    forecast_after: status.forecastAfter,
    prefix: status.prefix && { ...status.prefix, at: status.prefix.at.toISOString() },
    build: buildId(),
    empty: status.empty && {
      reason: status.empty.reason,
      free_at: status.empty.freeAt?.toISOString() ?? null,
      held_by_me: status.empty.heldByMe,
    },
  };
}

export function undoneJson({ reviewId, item, adjudicated, before }: Undone): UndoneReview {
  return {
    review_id: reviewId,
    item: item && itemJson(item),
    adjudicated,
    before: { ...before, overrule_reason: before.overruleReason },
  };
}

export function answerSchemaJson({ createdAt, ...version }: AnswerSchemaVersion): AnswerSchemaJson {
  return { ...version, created_at: createdAt.toISOString() };
}

export function storedReviewJson(stored: StoredReview, next: Claimed | null): SavedReview {
  return {
    review_id: stored.reviewId,
    revision: stored.revision,
    primary: stored.primary,
    repeated: stored.repeated,
    next,
  };
}

interface DecisionBody {
  slot_id: string;
  lease_token: string;
  submission_key: string;
  answer_schema_id: string;
  comment?: string | undefined;
  error_tags?: string[] | undefined;
  severity?: Severity | undefined;
  correction?: unknown;
  active_ms?: number | undefined;
}

export function submissionFrom(body: DecisionBody, decision: Submission["decision"]): Submission {
  return {
    slotId: body.slot_id,
    leaseToken: body.lease_token,
    submissionKey: body.submission_key,
    answerSchemaId: body.answer_schema_id,
    ...(body.comment === undefined ? {} : { comment: body.comment }),
    ...(body.error_tags === undefined ? {} : { errorTags: body.error_tags }),
    ...(body.severity === undefined ? {} : { severity: body.severity }),
    ...(body.correction === undefined ? {} : { correction: body.correction }),
    ...(body.active_ms === undefined ? {} : { activeMs: body.active_ms }),
    decision,
  };
}
