import type { WatchedBoundary } from "@/lib/monitor/watched-boundaries";
import type { PlanNumbers } from "@/lib/sampling/plan-rates";
import type { PastPart } from "@/lib/sampling/preview-rows";

/** Everything that the planner's rules rest on. */
export interface PlanningFacts {
  plan: PlanNumbers & { attribute: string | null };
  /** Traffic and errors so far, by value of the plan's attribute and flag. */
  past: readonly PastPart[];
  days: number;
  overall: WatchedBoundary;
  /** By value of the plan's attribute; one that is missing is measured like the overall stream. */
  segments: ReadonlyMap<string, WatchedBoundary>;
  /** Attributes that share the accepted false alarms, the overall stream included. */
  watched: number;
}

export interface PlanningGoal {
  /** A share: 0.05 is five points, counted from what is usual. */
  drop: number;
  weeks: number;
  acceptedPerYear: number;
  /** Values whose need does not count. */
  leftOut: ReadonlySet<string>;
}

export function segmentOf(facts: PlanningFacts, value: string): WatchedBoundary {
  return facts.segments.get(value) ?? { ...facts.overall, own: false, pilotReviews: 0 };
}
