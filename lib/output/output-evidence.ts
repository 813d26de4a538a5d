import * as z from "zod";

import type { Ctx } from "@/lib/core/ctx";

import type { OutputDetail, OutputReview } from "./schema";

const fieldResults = z
  .array(
    z.object({ field: z.string(), result: z.string() }).transform(({ field, result }) => ({ field, result })),
  )
  .nullable()
  .catch(null);

const severity = z.enum(["minor", "major", "critical"]).nullable().catch(null);

/** What reviewers decided about an output (re-servings left out), every revision, oldest first. Their names, but no payload without the permission. */
export async function readOutputReviews(
  ctx: Ctx,
  outputId: string,
  withPayload: boolean,
): Promise<OutputReview[]> {
  const reviews = await ctx.db.review.findMany({
    where: { projectId: ctx.project.id, outputId, occasion: 0 },
    orderBy: [{ submittedAt: "asc" }, { id: "asc" }],
    include: { slot: { select: { look: true } } },
  });
  const people = await ctx.db.user.findMany({
    where: { id: { in: [...new Set(reviews.map((review) => review.reviewerId))] } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map((person) => [person.id, person.name]));
  return reviews.map((review) => ({
    id: review.id,
    reviewer: names.get(review.reviewerId) ?? "a former member",
    look: review.slot.look,
    revision: review.revision,
    outcome: lower(review.outcome),
    primary: review.primary,
    verdict: review.verdict && lower(review.verdict),
    computed_verdict: review.computedVerdict && lower(review.computedVerdict),
    score: review.score,
    // Free texts may quote what was reviewed.
    overrule_reason: withPayload ? review.overruleReason : null,
    reason: withPayload ? review.reason : null,
    comment: withPayload ? review.comment : null,
    error_tags: review.errorTags,
    severity: severity.parse(review.severity),
    correction: withPayload ? review.correction : null,
    field_results: fieldResults.parse(review.fieldResults),
    answer: withPayload ? review.answer : null,
    active_seconds: review.activeMs === null ? null : review.activeMs / 1000,
    submitted_at: review.submittedAt.toISOString(),
  }));
}

/** Truths that were sent for an output, newest first. */
export async function readOutputTruths(
  ctx: Ctx,
  externalId: string,
  withPayload: boolean,
): Promise<OutputDetail["truths"]> {
  const truths = await ctx.db.groundTruth.findMany({
    where: { projectId: ctx.project.id, externalId },
    orderBy: [{ receivedAt: "desc" }, { id: "desc" }],
  });
  return truths.map((truth) => ({
    id: truth.id,
    value: withPayload ? truth.value : null,
    known_at: truth.knownAt?.toISOString() ?? null,
    received_at: truth.receivedAt.toISOString(),
  }));
}

function lower<T extends string>(value: T): Lowercase<T> {
  return value.toLowerCase() as Lowercase<T>;
}
