import { createLoader, parseAsArrayOf, parseAsString } from "nuqs/server";

import type { PlannerGoal } from "@/lib/planner/schema";
import { rounded } from "@/lib/core/format";

/** The goal as typed; all of it is in the address, so that it can be shared and comes back after a look elsewhere. */
export interface GoalDraft {
  /** In points. */
  drop: string;
  weeks: string;
  acceptedPerYear: string;
  /** "" = all outputs together. */
  attribute: string;
  /** "" = as many reviews as it takes. */
  reviews: string;
  /** Given and still empty is not "as many as it takes". */
  limited: boolean;
  leftOut: readonly string[];
}

export const goalView = {
  drop: parseAsString,
  weeks: parseAsString,
  alarms: parseAsString,
  by: parseAsString,
  reviews: parseAsString,
  without: parseAsArrayOf(parseAsString),
};
export const loadGoalView = createLoader(goalView);
export type GoalView = Awaited<ReturnType<typeof loadGoalView>>;

export function draftOf(view: GoalView, start: PlannerGoal): GoalDraft {
  return {
    drop: view.drop ?? String(rounded(start.drop * 100, 2)),
    weeks: view.weeks ?? String(start.weeks),
    acceptedPerYear: view.alarms ?? String(start.accepted_per_year),
    attribute: view.by ?? start.attribute ?? "",
    reviews: view.reviews ?? "",
    limited: view.reviews !== null,
    leftOut: view.without ?? [],
  };
}

export function viewOf(draft: GoalDraft): GoalView {
  return {
    drop: draft.drop,
    weeks: draft.weeks,
    alarms: draft.acceptedPerYear,
    by: draft.attribute,
    reviews: draft.limited ? draft.reviews : null,
    without: draft.leftOut.length > 0 ? [...draft.leftOut] : null,
  };
}

/** What is asked; whether it is allowed is decided by the API. An empty field is no zero. */
export function goalOf(draft: GoalDraft): Record<keyof PlannerGoal, unknown> {
  const drop = numberOf(draft.drop);
  return {
    drop: drop === "" ? "" : rounded(drop / 100, 6),
    weeks: numberOf(draft.weeks),
    accepted_per_year: numberOf(draft.acceptedPerYear),
    attribute: draft.attribute === "" ? null : draft.attribute,
    left_out: [...draft.leftOut],
    reviews_per_week: draft.limited ? numberOf(draft.reviews) : null,
  };
}

function numberOf(text: string): number | "" {
  const number = Number(text);
  return text.trim() === "" || Number.isNaN(number) ? "" : number;
}
