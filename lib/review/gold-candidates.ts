import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import * as z from "zod";
import { compareAnswer } from "./compare-answer";
import { knownAnswer } from "./known-answer";
import { type Answer, type AnswerDefinition, answerDefinitionSchema } from "./schema";

export interface GoldCandidate {
  outputId: string;
  /** The sender's number. */
  reference: string;
  output: unknown;
  answer: Answer;
  verdict: "CORRECT" | "INCORRECT";
  knownBy: "adjudication" | "truth";
}

export interface FormInForce {
  id: string;
  definition: AnswerDefinition;
}

const json = z.string().transform((text) => JSON.parse(text) as unknown);
const row = z.object({
  outputId: z.string(),
  reference: z.string(),
  output: json,
  verdict: z.enum(["CORRECT", "INCORRECT"]),
  knownBy: z.enum(["adjudication", "truth"]),
  decided: z.record(z.string(), z.unknown()).nullable(),
  truth: json.nullable(),
});

/** The newest form; null when there is none yet. */
export async function formInForce({ db, project }: Pick<Ctx, "db" | "project">): Promise<FormInForce | null> {
  const form = await db.answerSchema.findFirst({
    where: { projectId: project.id },
    orderBy: { version: "desc" },
    select: { id: true, definition: true },
  });
  return form && { id: form.id, definition: answerDefinitionSchema.parse(form.definition) };
}

/**
 * Samples whose right answer is known and that no known item was made of: what a third person decided (the newest first), and what
 * truth settled (in the order of chance). Left out is what does not fit the form in force, and what was decided against the comparison.
 */
export async function goldCandidates(
  { db, project }: Pick<Ctx, "db" | "project">,
  definition: AnswerDefinition,
  which: { limit: number } | { outputIds: readonly string[] },
): Promise<GoldCandidate[]> {
  const inOrder = Prisma.sql`
    ORDER BY sample.settled_by, CASE sample.settled_by WHEN 'adjudication' THEN sample.settled_at END DESC, sample.random_number`;
  const chosen =
    "limit" in which
      ? Prisma.sql`${inOrder} LIMIT ${which.limit}`
      : Prisma.sql`AND output_id = ANY(${[...which.outputIds]}::uuid[])`;
  const rows = await db.$queryRaw`
    SELECT output.id AS "outputId", coalesce(output.sent_id, output.external_id) AS reference, output.output::text, sample.verdict::text,
      sample.settled_by AS "knownBy", decided.answer AS decided, truth.value AS truth
    FROM (
      SELECT project_id, output_id, verdict, settled_by, settled_at, random_number FROM sample
      WHERE project_id = ${project.id}::uuid AND state = 'SETTLED' AND settled_by IN ('adjudication', 'truth')
        AND NOT EXISTS (SELECT 1 FROM review_occasion gold WHERE gold.project_id = sample.project_id
          AND gold.output_id = sample.output_id AND gold.kind = 'GOLD' AND gold.retired_at IS NULL)
        ${chosen}) sample
    JOIN output ON output.project_id = sample.project_id AND output.id = sample.output_id
    LEFT JOIN LATERAL (
      SELECT review.answer, review.verdict = review.computed_verdict AS as_compared, review.outcome
      FROM review_slot slot JOIN review ON review.project_id = slot.project_id AND review.slot_id = slot.id
      WHERE slot.project_id = sample.project_id AND slot.output_id = sample.output_id AND slot.occasion = 0 AND slot.look = 3
        AND review."primary"
      ORDER BY review.revision DESC LIMIT 1) decided
      ON sample.settled_by = 'adjudication' AND decided.outcome = 'ANSWERED' AND decided.as_compared
    LEFT JOIN LATERAL (
      SELECT each.value::text AS value FROM ground_truth each
      WHERE each.project_id = sample.project_id AND each.external_id = output.external_id
      ORDER BY each.received_at DESC, each.id DESC LIMIT 1) truth ON sample.settled_by = 'truth'
    WHERE decided.answer IS NOT NULL OR truth.value IS NOT NULL
    ${inOrder}`;
  return z
    .array(row)
    .parse(rows)
    .flatMap((each) => candidate(definition, each) ?? []);
}

function candidate(definition: AnswerDefinition, each: z.output<typeof row>): GoldCandidate | null {
  const { decided, truth, ...facts } = each;
  const answer = knownAnswer(definition, { decided, truth: truth ?? undefined });
  if (!answer || compareAnswer(definition, answer, each.output).verdict !== each.verdict) return null;
  return { ...facts, answer };
}
