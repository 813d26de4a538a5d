import type { SamplingPlan } from "@/lib/db/generated/client";
import type { PlanNumbers, ValueNeed } from "./plan-rates";
import { type PlanSettings, planSettingsSchema } from "./schema";

/** What a stored plan says to the rules that make rates of it. */
export function planNumbers(plan: SamplingPlan): PlanNumbers {
  const { reviewsPerWeek, floorPerEpoch, flaggedFactor, rateRatioCap, doubleReviewShare, expectedPerDay } =
    plan;
  return {
    reviewsPerWeek,
    floorPerEpoch,
    flaggedFactor,
    rateRatioCap,
    doubleReviewShare,
    expectedPerDay,
    needs: needNumbers(needsOf(plan)),
  };
}

/** The same of a plan that is not stored yet. */
export function settingsNumbers(settings: PlanSettings): PlanNumbers {
  return {
    reviewsPerWeek: settings.reviews_per_week,
    floorPerEpoch: settings.floor_per_epoch,
    flaggedFactor: settings.flagged_factor,
    rateRatioCap: settings.rate_ratio_cap,
    doubleReviewShare: settings.double_review_share,
    expectedPerDay: settings.expected_per_day,
    needs: settings.attribute === null ? [] : needNumbers(settings.needs),
  };
}

export function needsOf(plan: Pick<SamplingPlan, "needs">): PlanSettings["needs"] {
  return planSettingsSchema.shape.needs.parse(plan.needs);
}

function needNumbers(needs: PlanSettings["needs"]): ValueNeed[] {
  return needs.map(({ value, reviews_per_week }) => ({ value, reviewsPerWeek: reviews_per_week }));
}
