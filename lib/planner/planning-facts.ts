import type { PlanNumbers } from "@/lib/sampling/plan-rates";
import type { PastPart } from "@/lib/sampling/preview-rows";

/** What a segment is measured against, and the accuracy from which a drop is counted. */
export interface WatchedSegment {
  /** Accuracy that must not be undershot. */
  boundary: number;
  /** Accuracy before any drop: the pilot's, or the promised one without a pilot. */
  usual: number;
  /** The boundary is this segment's own and not the project's. */
  own: boolean;
  /** Judged pilot outputs of the segment. */
  pilotReviews: number;
}

/** Everything that the planner's rules rest on. */
export interface PlanningFacts {
  plan: PlanNumbers & { attribute: string | null };
  /** Traffic and errors so far, by value of the plan's attribute and flag. */
  past: readonly PastPart[];
  days: number;
  overall: WatchedSegment;
  /** By value of the plan's attribute; one that is missing is measured like the overall stream. */
  segments: ReadonlyMap<string, WatchedSegment>;
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

export function segmentOf(facts: PlanningFacts, value: string): WatchedSegment {
  return facts.segments.get(value) ?? { ...facts.overall, own: false, pilotReviews: 0 };
}
