import type { Ctx } from "@/lib/core/ctx";
import { Prisma } from "@/lib/db/generated/client";
import type { GoldCounts } from "@/lib/stats/gold-accuracy";
import * as z from "zod";
import { judgeTruth } from "./judge-truth";
import { type PeopleWindow, submittedIn } from "./people-window";
import { answerDefinitionSchema } from "./schema";

/** Beyond, the newest say enough. */
const READ = 2_000;

const json = z.string().transform((text) => JSON.parse(text) as unknown);
const row = z.object({
  right: z.boolean(),
  truth: json,
  output: json,
  definition: answerDefinitionSchema,
});

/**
 * How one person's verdicts compare with truth that the sender gave, whether or not it settles samples: judged by the form by which the
 * person answered.
 */
export async function truthScore(ctx: Ctx, window: PeopleWindow, reviewerId: string): Promise<GoldCounts> {
  const rows = await ctx.db.$queryRaw`
    SELECT newest.verdict = 'CORRECT' AS "right", truth.value AS truth, output.output::text AS output, form.definition
    FROM (
      SELECT DISTINCT ON (review.output_id) review.* FROM review
      WHERE review.project_id = ${ctx.project.id}::uuid AND review.reviewer_id = ${reviewerId}::uuid AND review.occasion = 0
        AND ${submittedIn(ctx, window, Prisma.sql`review.submitted_at`)}
      ORDER BY review.output_id, review.revision DESC) newest
    JOIN output ON output.project_id = newest.project_id AND output.id = newest.output_id
    JOIN LATERAL (
      SELECT each.value::text AS value FROM ground_truth each
      WHERE each.project_id = newest.project_id AND each.external_id = output.external_id
      ORDER BY each.received_at DESC, each.id DESC LIMIT 1) truth ON true
    JOIN answer_schema form ON form.project_id = newest.project_id AND form.id = newest.answer_schema_id
    WHERE newest.outcome = 'ANSWERED'
    ORDER BY newest.submitted_at DESC LIMIT ${READ}`;
  const counts: GoldCounts = { wrong: 0, wrongCalledWrong: 0, right: 0, rightCalledRight: 0 };
  for (const { right, truth, output, definition } of z.array(row).parse(rows)) {
    const known = judgeTruth(definition, truth, output)?.verdict;
    if (known === "INCORRECT") {
      counts.wrong += 1;
      if (!right) counts.wrongCalledWrong += 1;
    } else if (known === "CORRECT") {
      counts.right += 1;
      if (right) counts.rightCalledRight += 1;
    }
  }
  return counts;
}
