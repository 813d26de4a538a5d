import type { Ctx } from "@/lib/core/ctx";
import { groupBy } from "@/lib/core/group-by";
import { Prisma } from "@/lib/db/generated/client";
import { clopperPearson } from "@/lib/stats/clopper-pearson";
import type { Interval } from "@/lib/stats/interval";
import * as z from "zod";
import { sameAnswer } from "./compare-field";
import { type PeopleWindow, submittedIn } from "./people-window";
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

const verdict = z.enum(["CORRECT", "INCORRECT"]);
const pairRow = z.object({
  reviewerId: z.string(),
  name: z.string(),
  outputId: z.string(),
  reference: z.string(),
  outcome: z.enum(["ANSWERED", "CANNOT_JUDGE"]),
  firstVerdict: verdict,
  /** Null: this time it could not be judged. */
  verdict: verdict.nullable(),
  firstAt: z.date(),
  submittedAt: z.date(),
  first: answerSchema,
  again: answerSchema.nullable(),
  definition: answerDefinitionSchema,
});
export type RepeatPair = z.output<typeof pairRow>;

/** Own old items that came again, by name of the person, the newest first; each pair compares the newest revisions of both times. */
export async function readRepeatPairs(
  ctx: Ctx,
  { window, reviewerId }: { window?: PeopleWindow | undefined; reviewerId?: string },
): Promise<RepeatPair[]> {
  const within = window ? submittedIn(ctx, window, Prisma.sql`again.submitted_at`) : Prisma.sql`true`;
  const only =
    reviewerId === undefined ? Prisma.empty : Prisma.sql`AND again.reviewer_id = ${reviewerId}::uuid`;
  const rows = await ctx.db.$queryRaw`
    SELECT again.reviewer_id AS "reviewerId", person.name, again.output_id AS "outputId", coalesce(output.sent_id, output.external_id) AS reference,
      again.outcome::text, first.verdict::text AS "firstVerdict", again.verdict::text, first.submitted_at AS "firstAt",
      again.submitted_at AS "submittedAt", first.answer AS first, again.answer AS again, form.definition
    FROM (
      SELECT DISTINCT ON (review.output_id, review.occasion, review.reviewer_id) review.*
      FROM review_occasion re_serving
      JOIN review ON review.project_id = re_serving.project_id AND review.output_id = re_serving.output_id
        AND review.occasion = re_serving.occasion
      WHERE re_serving.project_id = ${ctx.project.id}::uuid AND re_serving.kind = 'REPEAT'
      ORDER BY review.output_id, review.occasion, review.reviewer_id, review.revision DESC) again
    JOIN LATERAL (
      SELECT each.verdict, each.answer, each.outcome, each.submitted_at FROM review each
      WHERE each.project_id = again.project_id AND each.output_id = again.output_id AND each.occasion = 0
        AND each.reviewer_id = again.reviewer_id
      ORDER BY each.revision DESC LIMIT 1) first ON first.outcome = 'ANSWERED'
    JOIN output ON output.project_id = again.project_id AND output.id = again.output_id
    JOIN answer_schema form ON form.project_id = again.project_id AND form.id = again.answer_schema_id
    JOIN user_account person ON person.id = again.reviewer_id
    WHERE again.outcome IN ('ANSWERED', 'CANNOT_JUDGE') AND ${within} ${only}
    ORDER BY person.name, again.reviewer_id, again.submitted_at DESC`;
  return z.array(pairRow).parse(rows);
}

/** Everybody who was given own old items again, by name. */
export async function repeatScores(ctx: Ctx, window?: PeopleWindow): Promise<RepeatScore[]> {
  const byPerson = groupBy(await readRepeatPairs(ctx, { window }), (pair) => pair.reviewerId);
  return [...byPerson.values()].flatMap((pairs) => scoreOf(pairs) ?? []);
}

export function scoreOf(pairs: readonly RepeatPair[]): RepeatScore | null {
  const answered = pairs.filter((pair) => pair.outcome === "ANSWERED");
  const [first] = pairs;
  const n = answered.length;
  const sameVerdict = answered.filter((pair) => pair.verdict === pair.firstVerdict).length;
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

function allTheSame({ definition, first, again }: RepeatPair): boolean {
  return definition.fields.every((field) => sameAnswer(field, first[field.key], again?.[field.key]));
}
