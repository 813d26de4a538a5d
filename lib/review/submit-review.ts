import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { appendRevision, type Revision } from "./append-revision";
import { judgeAnswer } from "./judge-answer";
import { lockForRevision, readStanding, type SlotRef, type Standing } from "./lock-sample";
import type { Severity } from "./wire-schema";
import { reviewerId } from "./reviewer";
import { answerDefinitionSchema, answerSchema, fieldResultSchema } from "./schema";
import { settleLockedSample } from "./settle-sample";
import { errorTagsOf } from "./error-tag";

/** Nobody judges faster than this for long; recorded history is replayed and exempt. */
const SUBMITS_PER_MINUTE = 60;

export interface Submission {
  slotId: string;
  leaseToken: string;
  /** Made once per decision: a retry with the same key returns what is stored. */
  submissionKey: string;
  /** The version of the form that was on the screen. */
  answerSchemaId: string;
  activeMs?: number;
  comment?: string;
  /** Keys of the form's error tags. */
  errorTags?: readonly string[];
  severity?: Severity;
  /** What the output should have been, where that differs from the answer. */
  correction?: unknown;
  /** Of simulated history only: no route takes it. */
  submittedAt?: Date;
  decision:
    | {
        outcome: "ANSWERED";
        /** What was stated before a reveal stands: after one, only what is asked about the output itself is taken from here. */
        answer?: Record<string, unknown>;
        overrule?: { verdict: "CORRECT" | "INCORRECT"; reason: string };
      }
    | { outcome: "CANNOT_JUDGE" | "SKIPPED"; reason: string };
}

export interface StoredReview {
  reviewId: string;
  revision: number;
  /** False: the lease had been lost, so it is kept as an extra opinion that does not enter the estimate. */
  primary: boolean;
  /** This submission had been stored before. */
  repeated: boolean;
}

/**
 * Stores a person's decision once. Of two who submit for one slot, the one whose token stands in the row fills it; the other's
 * review is kept as an extra. A second decision on the same output gets CONFLICT until the first is undone.
 */
export async function submitReview(ctx: Ctx, input: Submission): Promise<StoredReview> {
  const ref: SlotRef = { projectId: ctx.project.id, reviewerId: reviewerId(ctx), slotId: input.slotId };
  return await inTransaction(ctx.db, async (tx) => {
    const lookedAt = await lockForRevision(tx, ref);
    const standing = await readStanding(tx, ref, input.submissionKey);
    if (standing.stored) return repeatedReview(standing.stored, input.slotId);
    refuseSecondDecision(standing);
    const revision = await revisionOf(tx, ref, standing, input);
    await refuseUnknownTags(tx, ref, revision);
    const stored = await appendRevision(
      tx,
      { ...ref, ...lookedAt, leaseToken: input.leaseToken },
      standing,
      revision,
    );
    await settleLockedSample(tx, ctx, lookedAt);
    return { reviewId: stored.id, revision: stored.revision, primary: stored.primary, repeated: false };
  });
}

function repeatedReview(stored: NonNullable<Standing["stored"]>, slotId: string): StoredReview {
  if (stored.slotId !== slotId) {
    throw new AppError("CONFLICT", "This submission key belongs to another item.", { reason: "key_reused" });
  }
  return { reviewId: stored.id, revision: stored.revision, primary: stored.primary, repeated: true };
}

function refuseSecondDecision({ latest, recorded, inLastMinute }: Standing): void {
  if (latest && (latest.outcome === "ANSWERED" || latest.outcome === "CANNOT_JUDGE")) {
    throw new AppError(
      "CONFLICT",
      "You have already judged this item. Undo that review first to change it.",
      {
        reason: "already_reviewed",
      },
    );
  }
  if (!recorded && inLastMinute >= SUBMITS_PER_MINUTE) {
    throw new AppError("LIMIT", "That was very quick: please wait a moment before the next item.", {
      retryAfterSeconds: 10,
    });
  }
}

async function revisionOf(tx: Tx, ref: SlotRef, standing: Standing, input: Submission): Promise<Revision> {
  const { decision } = input;
  const common = {
    outcome: decision.outcome,
    submissionKey: input.submissionKey,
    comment: input.comment ?? null,
    errorTags: [...new Set(input.errorTags)],
    severity: input.severity ?? null,
    correction: input.correction ?? null,
    mode: standing.shownFirst ? ("output_first" as const) : ("blind" as const),
    activeMs: input.activeMs ?? null,
    submittedAt: input.submittedAt ?? null,
  };
  if (decision.outcome !== "ANSWERED") {
    const nothing = {
      answer: null,
      fieldResults: null,
      computedScore: null,
      computedVerdict: null,
      verdict: null,
      score: null,
    };
    return {
      ...common,
      ...nothing,
      answerSchemaId: input.answerSchemaId,
      reason: decision.reason,
      overruleReason: null,
    };
  }
  const judged = await statedAnswer(tx, ref, standing, input.answerSchemaId, decision.answer);
  const overruled =
    decision.overrule && decision.overrule.verdict !== judged.computedVerdict ? decision.overrule : null;
  return {
    ...common,
    ...judged,
    verdict: overruled?.verdict ?? judged.computedVerdict,
    score: overruled ? (overruled.verdict === "CORRECT" ? 1 : 0) : judged.computedScore,
    reason: null,
    overruleReason: overruled?.reason ?? null,
  };
}

/** The tags are those of the version that is answered, whatever is in force by now. */
async function refuseUnknownTags(tx: Tx, ref: SlotRef, revision: Revision): Promise<void> {
  if (revision.errorTags.length === 0) return;
  const form = await tx.answerSchema.findUnique({
    where: { projectId_id: { projectId: ref.projectId, id: revision.answerSchemaId } },
    select: { definition: true },
  });
  if (!form) throw new AppError("GONE", "This version of the form was removed.", { reason: "item_gone" });
  const known = errorTagsOf(answerDefinitionSchema.parse(form.definition)).map((tag) => tag.key);
  const unknown = revision.errorTags.filter((tag) => !known.includes(tag));
  if (unknown.length > 0) {
    throw new AppError("INVALID", `This form has no error tag “${unknown.join("”, “")}”.`, {
      reason: "error_tag_unknown",
    });
  }
}

const revealedAnswer = z.object({
  answerSchemaId: z.string(),
  answer: answerSchema,
  fieldResults: z.array(fieldResultSchema),
  score: z.number(),
  verdict: z.enum(["CORRECT", "INCORRECT"]),
});

/**
 * What was stated before the reveal, whatever is sent now, and what is asked after it; without a reveal, the answer sent: whoever
 * has not seen the output cannot have scored it.
 */
async function statedAnswer(
  tx: Tx,
  ref: SlotRef,
  standing: Standing,
  answerSchemaId: string,
  answer: Record<string, unknown> | undefined,
) {
  if (standing.reveal) {
    const { score, verdict, ...seen } = revealedAnswer.parse(standing.reveal);
    if (!standing.reveal.asksMore) return { ...seen, computedScore: score, computedVerdict: verdict };
    return await judgedAnswer(tx, ref, { ...seen, answer: { ...answer, ...seen.answer }, late: "asked" });
  }
  if (!answer) throw new AppError("INVALID", "The answer is missing.", { reason: "answer_invalid" });
  const late = standing.shownFirst ? "asked" : "unseen";
  return await judgedAnswer(tx, ref, { answerSchemaId, answer, late });
}

async function judgedAnswer(tx: Tx, ref: SlotRef, stated: Parameters<typeof judgeAnswer>[2]) {
  const { comparison, ...judged } = await judgeAnswer(tx, ref, stated);
  return {
    answerSchemaId: judged.answerSchemaId,
    answer: judged.answer,
    fieldResults: comparison.fieldResults,
    computedScore: comparison.score,
    computedVerdict: comparison.verdict,
  };
}
