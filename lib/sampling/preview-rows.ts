import { groupBy } from "@/lib/core/group-by";
import { OTHER_VALUE } from "@/lib/core/segment-value";
import { clopperPearson } from "@/lib/stats/clopper-pearson";
import { smoothedError, type StratumErrors } from "./past-error";
import { epochBudget, type PlanNumbers, planRates, type RatedStratum } from "./plan-rates";
import { MOST_STRATUM_VALUES } from "./sampling-unit";
import type { PlanPreview, PreviewRow } from "./schema";

/** Traffic and reviews so far of one stratum to be. */
export interface PastPart {
  value: string;
  flagged: boolean;
  outputsPerDay: number;
  reviewed: number;
  wrong: number;
}

interface PlannedPart extends PastPart {
  error: number;
  reviewsPerDay: number;
}

const WEEKS_OF_MONTH = 30.4 / 7;

type Weekly = Omit<PreviewRow, "expected_accuracy" | "week_range" | "month_range">;

/** Reviews of a week for all outputs and for each value, without what they would show: that costs twenty times as much. */
export interface WeeklyPlan {
  overall: Weekly;
  rows: Weekly[];
  second_looks_per_week: number;
  unused_per_week: number;
}

/** What a plan would do with traffic like that of the past, by the very rules that open an epoch. */
export function previewRows(
  plan: PlanNumbers & { attribute: string | null },
  past: readonly PastPart[],
  days: number,
): PlanPreview {
  return { days, ...planWeek(plan, past, previewRow) };
}

/** The same in reviews only. */
export function weeklyPlan(
  plan: PlanNumbers & { attribute: string | null },
  past: readonly PastPart[],
): WeeklyPlan {
  return planWeek(plan, past, weeklyRow);
}

function planWeek<Row extends Weekly>(
  plan: PlanNumbers & { attribute: string | null },
  past: readonly PastPart[],
  rowOf: (value: string, parts: readonly PlannedPart[]) => Row,
) {
  const parts = plannedParts(plan, past.length > 0 ? boundValues(past) : [expected(plan)]);
  const overall = rowOf("", parts);
  const looks = overall.reviews_per_week * (1 + plan.doubleReviewShare);
  const rows = [...groupBy(parts, ({ value }) => value)].map(([value, own]) => rowOf(value, own));
  return {
    overall,
    rows:
      plan.attribute === null || past.length === 0
        ? []
        : rows.sort((a, b) => b.outputs_per_week - a.outputs_per_week || (a.value < b.value ? -1 : 1)),
    second_looks_per_week: overall.reviews_per_week * plan.doubleReviewShare,
    unused_per_week: Math.max(0, plan.reviewsPerWeek - looks),
  };
}

function expected(plan: PlanNumbers): PastPart {
  return { value: "", flagged: false, outputsPerDay: plan.expectedPerDay, reviewed: 0, wrong: 0 };
}

/** Only so many values have a stratum of their own; the rest share one. */
function boundValues(past: readonly PastPart[]): PastPart[] {
  const traffic = new Map<string, number>();
  for (const { value, outputsPerDay } of past) traffic.set(value, (traffic.get(value) ?? 0) + outputsPerDay);
  const own = new Set(
    [...traffic]
      .sort((a, b) => b[1] - a[1])
      .slice(0, MOST_STRATUM_VALUES)
      .map(([value]) => value),
  );
  const bound = new Map<string, PastPart>();
  for (const part of past) {
    const value = own.has(part.value) ? part.value : OTHER_VALUE;
    const key = JSON.stringify([value, part.flagged]);
    const known = bound.get(key);
    bound.set(key, {
      value,
      flagged: part.flagged,
      outputsPerDay: part.outputsPerDay + (known?.outputsPerDay ?? 0),
      reviewed: part.reviewed + (known?.reviewed ?? 0),
      wrong: part.wrong + (known?.wrong ?? 0),
    });
  }
  return [...bound.values()];
}

function plannedParts(plan: PlanNumbers, past: readonly PastPart[]): PlannedPart[] {
  const errors = past.map(
    ({ reviewed, wrong }, at): StratumErrors => ({ stratumId: String(at), reviewed, wrong }),
  );
  const strata = past.map(
    ({ value, flagged, outputsPerDay }, at): RatedStratum => ({
      id: String(at),
      value,
      flagged,
      volume: outputsPerDay,
      pastError: smoothedError(errors, String(at)),
    }),
  );
  const perDay = past.reduce((sum, part) => sum + part.outputsPerDay, 0);
  const budget = epochBudget(plan, { epoch: perDay, week: perDay * 7, lengthDays: 1 });
  const planned = planRates(plan, budget, strata);
  return past.map((part, at) => ({
    ...part,
    error: smoothedError(errors, String(at)),
    reviewsPerDay: Math.min(part.outputsPerDay, planned.get(String(at))?.target ?? 0),
  }));
}

function weeklyRow(value: string, parts: readonly PlannedPart[]): Weekly {
  const sum = (of: (part: PlannedPart) => number) => parts.reduce((total, part) => total + of(part), 0) * 7;
  const flagged = (of: (part: PlannedPart) => number) => sum((part) => (part.flagged ? of(part) : 0));
  return {
    value,
    outputs_per_week: sum((part) => part.outputsPerDay),
    reviews_per_week: sum((part) => part.reviewsPerDay),
    flagged_outputs_per_week: flagged((part) => part.outputsPerDay),
    flagged_reviews_per_week: flagged((part) => part.reviewsPerDay),
  };
}

function previewRow(value: string, parts: readonly PlannedPart[]): PreviewRow {
  const row = weeklyRow(value, parts);
  const wrong = parts.reduce((total, part) => total + part.outputsPerDay * part.error, 0) * 7;
  const error = row.outputs_per_week > 0 ? wrong / row.outputs_per_week : 0;
  const worth = effectiveReviews(parts);
  return {
    ...row,
    expected_accuracy: 1 - error,
    week_range: likelyRange(1 - error, worth),
    month_range: likelyRange(1 - error, worth * WEEKS_OF_MONTH),
  };
}

/** Flagged outputs of a value and its others: each of the two has one rate. */
export function partsOfRow(row: Weekly): { outputs: number; reviews: number }[] {
  return [
    { outputs: row.flagged_outputs_per_week, reviews: row.flagged_reviews_per_week },
    {
      outputs: Math.max(0, row.outputs_per_week - row.flagged_outputs_per_week),
      reviews: Math.max(0, row.reviews_per_week - row.flagged_reviews_per_week),
    },
  ];
}

/** Reviews a week after the loss by unequal rates (Kish): (Σ N)² / Σ N² / n. */
function effectiveReviews(parts: readonly PlannedPart[]): number {
  const seen = parts.filter((part) => part.reviewsPerDay > 0);
  const outputs = seen.reduce((sum, part) => sum + part.outputsPerDay, 0);
  const spread = seen.reduce((sum, part) => sum + part.outputsPerDay ** 2 / part.reviewsPerDay, 0);
  return spread > 0 ? (outputs ** 2 / spread) * 7 : 0;
}

function likelyRange(accuracy: number, reviews: number): PreviewRow["week_range"] {
  return reviews < 1 ? null : clopperPearson(accuracy * reviews, reviews);
}
