import type { Ctx } from "@/lib/core/ctx";
import { monitorInForce } from "@/lib/monitor/monitor-queries";
import { planThreshold, reviewsPerYear } from "@/lib/monitor/plan-threshold";
import { readWatchedBoundaries } from "@/lib/monitor/watched-boundaries";
import { findableDrop } from "@/lib/planner/findable-drop";
import { listPlans } from "@/lib/sampling/plan-queries";
import type { PlanVersion } from "@/lib/sampling/schema";

const USUAL_CHOICES = [50, 100, 200, 400];
const WEEKS = 4;
/** Before a pilot has said it. */
const ASSUMED_ACCURACY = 0.9;
const TOLERATED = 0.01;

export interface PlanChoice {
  reviewsPerWeek: number;
  /** Smallest drop over all outputs that is found within four weeks in 80 % of cases; null: none. */
  finds: number | null;
  inForce: boolean;
}

export interface PlanChoices {
  plan: PlanVersion;
  choices: PlanChoice[];
  weeks: number;
  /** Accuracy before any drop, and whether it was measured or promised rather than assumed. */
  usual: number;
  isKnown: boolean;
}

/** What some numbers of reviews a week would notice. */
export async function planChoices(ctx: Ctx): Promise<PlanChoices> {
  const [[plan], { settings }] = await Promise.all([listPlans(ctx), monitorInForce(ctx)]);
  if (!plan) throw new Error("A project has a sampling plan from its beginning.");
  const known = await readWatchedBoundaries(ctx.db, ctx.project.id, { ...settings, attributes: [] }, []);
  const { boundary, usual } = known?.overall ?? {
    boundary: ASSUMED_ACCURACY - TOLERATED,
    usual: ASSUMED_ACCURACY,
  };
  const numbers = [...new Set([plan.reviews_per_week, ...USUAL_CHOICES])].sort((a, b) => a - b);
  const choices = numbers.map((reviewsPerWeek) => {
    const threshold = planThreshold(
      settings,
      reviewsPerYear({ reviewsPerWeek, doubleReviewShare: plan.double_review_share }),
    );
    const segment = { boundary, usual, own: false, pilotReviews: 0 };
    const reviews = {
      segment,
      reviewsPerWeek: reviewsPerWeek / (1 + plan.double_review_share),
      designEffect: 1,
    };
    return {
      reviewsPerWeek,
      finds: findableDrop(reviews, { weeks: WEEKS, threshold }),
      inForce: reviewsPerWeek === plan.reviews_per_week,
    };
  });
  return { plan, choices, weeks: WEEKS, usual, isKnown: known !== null };
}
