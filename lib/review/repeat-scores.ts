import type { Ctx } from "@/lib/core/ctx";
import { clopperPearson } from "@/lib/stats/clopper-pearson";
import type { Interval } from "@/lib/stats/interval";
import * as z from "zod";
import { sameAnswer } from "./compare-field";
import { answerDefinitionSchema, answerSchema } from "./schema";

/** How somebody judged own old items that came again. */
export interface RepeatScore {
  reviewerId: string;
  name: string;
  /** Judged twice. */
  n: number;
  sameVerdict: number;
  /** Every field answered as the first time, by the form's own comparison. */
  sameAnswer: number;
  /** Share of the same verdict with its interval. */
  share: Interval & { mean: number };
  /** Said this time that it cannot be judged. */
  cannotJudge: number;
}

const pairRow = z.object({
  reviewerId: z.string(),
  name: z.string(),
  outcome: z.enum(["ANSWERED", "CANNOT_JUDGE"]),
  sameVerdict: z.boolean().nullable(),
  first: answerSchema,
  again: answerSchema.nullable(),
  definition: answerDefinitionSchema,
});
type Pair = z.output<typeof pairRow>;

/** Everybody who was given own old items again, by name; each pair compares the newest revisions of both times. */
export async function repeatScores(ctx: Ctx, { since }: { since?: Date } = {}): Promise<RepeatScore[]> {
  const rows = await ctx.db.$queryRaw`
    SELECT again.reviewer_id AS "reviewerId", person.name, again.outcome::text, again.verdict = first.verdict AS "sameVerdict",
      first.answer AS first, again.answer AS again, form.definition
    FROM (
      SELECT DISTINCT ON (review.output_id, review.occasion, review.reviewer_id) review.*
      FROM review_occasion re_serving
      JOIN review ON review.project_id = re_serving.project_id AND review.output_id = re_serving.output_id
        AND review.occasion = re_serving.occasion
      WHERE re_serving.project_id = ${ctx.project.id}::uuid AND re_serving.kind = 'REPEAT'
      ORDER BY review.output_id, review.occasion, review.reviewer_id, review.revision DESC) again
    JOIN LATERAL (
      SELECT each.verdict, each.answer, each.outcome FROM review each
      WHERE each.project_id = again.project_id AND each.output_id = again.output_id AND each.occasion = 0
        AND each.reviewer_id = again.reviewer_id
      ORDER BY each.revision DESC LIMIT 1) first ON first.outcome = 'ANSWERED'
    JOIN answer_schema form ON form.project_id = again.project_id AND form.id = again.answer_schema_id
    JOIN user_account person ON person.id = again.reviewer_id
    WHERE again.outcome IN ('ANSWERED', 'CANNOT_JUDGE') AND again.submitted_at >= ${since ?? new Date(0)}
    ORDER BY person.name, again.reviewer_id`;
  const byPerson = new Map<string, Pair[]>();
  for (const pair of z.array(pairRow).parse(rows))
    byPerson.set(pair.reviewerId, [...(byPerson.get(pair.reviewerId) ?? []), pair]);
  return [...byPerson.values()].flatMap((pairs) => scoreOf(pairs) ?? []);
}

function scoreOf(pairs: readonly Pair[]): RepeatScore | null {
  const answered = pairs.filter((pair) => pair.outcome === "ANSWERED");
  const [first] = pairs;
  const n = answered.length;
  const sameVerdict = answered.filter((pair) => pair.sameVerdict).length;
  const interval = clopperPearson(sameVerdict, n);
  if (!first || !interval) return null;
  return {
    reviewerId: first.reviewerId,
    name: first.name,
    n,
    sameVerdict,
    sameAnswer: answered.filter(allTheSame).length,
    share: { mean: sameVerdict / n, ...interval },
    cannotJudge: pairs.length - n,
  };
}

function allTheSame({ definition, first, again }: Pair): boolean {
  return definition.fields.every((field) => sameAnswer(field, first[field.key], again?.[field.key]));
}
