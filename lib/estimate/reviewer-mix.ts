import type { Ctx } from "@/lib/core/ctx";
import { reviewerMixTrend } from "@/lib/stats/reviewer-mix-trend";
import * as z from "zod";
import type { ReviewerMix } from "./measurement-schema";

/** Less than a point changes nothing that anybody would decide. */
const LEAST_TOLD = 0.01;

const cellRow = z.object({
  week: z.string(),
  reviewerId: z.string(),
  sumW: z.number(),
  sumW2: z.number(),
  sumWY: z.number(),
});

/**
 * Accuracy by week as reviewed, and as if everybody had always reviewed their usual part. It rests on first opinions of production
 * samples, weighted as everywhere: what a second or third person added is not one person's.
 */
export async function reviewerMix(
  ctx: Ctx,
  { from, to }: { from: string; to: string },
): Promise<ReviewerMix> {
  const rows = await ctx.db.$queryRaw`
    SELECT date_trunc('week', output.day::timestamp)::date::text AS week, first.reviewer_id AS "reviewerId",
      sum(weight) AS "sumW", sum(weight * weight) AS "sumW2", sum(weight * first.score) AS "sumWY"
    FROM sample
    JOIN stratum_epoch opened ON opened.project_id = sample.project_id AND opened.epoch_id = sample.epoch_id
      AND opened.stratum_id = sample.stratum_id AND sample.random_number < opened.effective_rate
    JOIN output ON output.project_id = sample.project_id AND output.id = sample.output_id AND output.phase = 'PRODUCTION'
      AND output.day BETWEEN ${from}::date AND ${to}::date
    JOIN LATERAL (
      SELECT newest.reviewer_id, newest.score, GREATEST(1 + output.copies, 1 / opened.effective_rate) / output.source_probability AS weight FROM (
        SELECT DISTINCT ON (review.reviewer_id) review.reviewer_id, review.outcome, review.score, slot.look
        FROM review JOIN review_slot slot ON slot.project_id = review.project_id AND slot.id = review.slot_id AND slot.look < 3
        WHERE review.project_id = sample.project_id AND review.output_id = sample.output_id AND review.occasion = 0
          AND review."primary"
        ORDER BY review.reviewer_id, review.revision DESC) newest
      WHERE newest.outcome = 'ANSWERED' AND newest.score IS NOT NULL
      ORDER BY newest.look LIMIT 1) first ON true
    WHERE sample.project_id = ${ctx.project.id}::uuid AND sample.state = 'SETTLED'
    GROUP BY 1, 2 ORDER BY 1, 2`;
  const cells = z
    .array(cellRow)
    .parse(rows)
    .map(({ week, reviewerId, sumW, sumW2, sumWY }) => {
      const n = (sumW * sumW) / sumW2;
      return { period: week, reviewer: reviewerId, n, right: Math.min(n, n * (sumWY / sumW)) };
    });
  const weeks = reviewerMixTrend(cells).map(({ period, mixEffect, ...week }) => ({
    start: period,
    ...week,
    mix_effect: mixEffect,
    told: mixEffect !== null && Math.abs(mixEffect.mean) >= LEAST_TOLD && mixEffect.low * mixEffect.high > 0,
  }));
  return { from, to, people: new Set(cells.map(({ reviewer }) => reviewer)).size, weeks };
}
