import type { PlanSettings } from "@/lib/sampling/schema";

/** The form's fields as typed. */
export interface PlanDraft {
  reviewsPerWeek: string;
  attribute: string;
  floor: string;
  flaggedFactor: string;
  /** In percent. */
  doubleShare: string;
  expectedPerDay: string;
  maturityDays: string;
  /** Keep what the planner gave to the values. */
  keepsNeeds: boolean;
}

export function draftOf(settings: PlanSettings): PlanDraft {
  return {
    reviewsPerWeek: String(settings.reviews_per_week),
    attribute: settings.attribute ?? "",
    floor: String(settings.floor_per_epoch),
    flaggedFactor: String(settings.flagged_factor),
    doubleShare: String(Math.round(settings.double_review_share * 1000) / 10),
    expectedPerDay: String(settings.expected_per_day),
    maturityDays: String(settings.maturity_days),
    keepsNeeds: settings.needs.length > 0,
  };
}

/** What would be sent; whether it is allowed is decided by the API. Settings without a field stay as they are. */
export function settingsOf(draft: PlanDraft, before: PlanSettings): PlanSettings {
  return {
    ...before,
    reviews_per_week: numberOf(draft.reviewsPerWeek),
    attribute: draft.attribute === "" ? null : draft.attribute,
    floor_per_epoch: numberOf(draft.floor),
    flagged_factor: numberOf(draft.flaggedFactor),
    double_review_share:
      draft.doubleShare === draftOf(before).doubleShare
        ? before.double_review_share
        : numberOf(draft.doubleShare) / 100,
    expected_per_day: numberOf(draft.expectedPerDay),
    maturity_days: numberOf(draft.maturityDays),
    needs: draft.keepsNeeds && draft.attribute === (before.attribute ?? "") ? before.needs : [],
  };
}

/** An empty field is no zero. */
function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}
