import type { Ctx } from "@/lib/core/ctx";
import { localDay } from "@/lib/core/local-day";
import { goldCounts } from "@/lib/review/gold-counts";
import { goldAccuracy, type GoldCounts, type GoldRate } from "@/lib/stats/gold-accuracy";
import { correctReviewerErrors } from "@/lib/stats/reviewer-error-correction";
import { widenByUnknown } from "@/lib/stats/widen-by-unknown";
import type { CorrectedAccuracy } from "./corrected-schema";
import { addDays, periodStart } from "./period";
import type { AccuracyEstimate } from "./schema";

/** Known items judged, and of each kind, without which nothing is corrected. */
const GOLD_NEEDED = 50;
const NEEDED_OF_KIND = 10;
/** Known items tell of people as they are, not as they were a year ago. */
const GOLD_DAYS = 182;

/**
 * Known items judged in half a year up to the end of last week. Reviewers may see this number: one that moved at once would tell which
 * item was a known one.
 */
export async function recentGold(ctx: Ctx): Promise<GoldCounts> {
  const to = addDays(periodStart(localDay(ctx.now, ctx.project.timeZone), "week"), -1);
  return await goldCounts(ctx, { from: addDays(to, 1 - GOLD_DAYS), to });
}

/**
 * An estimate freed of reviewers' errors, or why it is not. Samples that a third person decided err less than others, so that it
 * corrects a little too much where many are judged twice.
 */
export function correctedEstimate(estimate: AccuracyEstimate, gold: GoldCounts): CorrectedAccuracy {
  const found = goldAccuracy(gold);
  const facts = {
    gold: {
      n: gold.wrong + gold.right,
      needed: GOLD_NEEDED,
      wrong: gold.wrong,
      right: gold.right,
      needed_of_each: NEEDED_OF_KIND,
    },
    sensitivity: limited(found?.sensitivity),
    specificity: limited(found?.specificity),
  };
  const thick = gold.wrong + gold.right >= GOLD_NEEDED && Math.min(gold.wrong, gold.right) >= NEEDED_OF_KIND;
  if (!thick) return { ...facts, accuracy: null, reason: "not_enough_gold" };
  if (estimate.reading !== "mean") return { ...facts, accuracy: null, reason: "no_single_number" };
  const { accuracy } = correctReviewerErrors(
    { reviewed: estimate.effective_n, calledWrong: (1 - estimate.mean) * estimate.effective_n },
    gold,
    estimate.level,
  );
  if (!accuracy) return { ...facts, accuracy: null, reason: "unreliable_reviewers" };
  const { low, high } = widenByUnknown(accuracy, estimate.unaudited_share);
  return { ...facts, accuracy: { mean: accuracy.mean, low, high }, reason: null };
}

function limited(rate: GoldRate | null | undefined) {
  return rate ? { mean: rate.mean, low: rate.low, high: rate.high } : null;
}
