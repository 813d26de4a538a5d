import type { PromiseState } from "@/components/chart/floor-words";
import { gapState, segmentName } from "@/components/chart/state-sentence";
import { formatDrop } from "@/lib/core/format";
import type { AccuracyGap, AccuracySeries, SegmentRow } from "@/lib/estimate/schema";

/** What the choice of the next step rests on. */
export interface StepFacts {
  series: AccuracySeries;
  /** The segment that is most surely below its pilot; null when none is. */
  worst: SegmentRow | null;
  /** All outputs of the last weeks against the pilot. */
  overallGap: AccuracyGap | null;
  /** What the current number says of a promised accuracy; null without a promise. */
  promise: PromiseState | null;
  lastReceivedAt: Date | null;
  now: Date;
  reviewsThisWeek: number;
  reviewsLastWeek: number;
  reviewsPerWeek: number;
  due: number;
  /** Items that two people judged differently and that this person may decide. */
  disputed: number;
  /** The smallest drop that the plan in force finds within four weeks; null in it: none. Null: not known. */
  reach: { finds: number | null } | null;
  canManage: boolean;
  canReview: boolean;
}

export interface NextStep {
  title: string;
  reason: string;
  /** What to open: a page of the project, or the wrong outputs; null when there is nothing to open. */
  path: "accuracy" | "wrong" | "review" | "review/adjudicate" | "input" | "members" | "planner" | null;
  /** The wrong outputs of the worst segment only. */
  segment?: boolean;
  action: string | null;
}

const SILENT_HOURS = 48;
/** Under this share of the plan reviewers do not keep up. */
const BEHIND_SHARE = 0.6;
/** A drop that should not go unnoticed for four weeks. */
const WANTED_DROP = 0.05;

/** The one thing that helps most now, in the order in which things go wrong: no input, no labels, no yardstick, a finding. */
export function nextStep(facts: StepFacts): NextStep {
  return (
    silentSource(facts) ??
    missingReviews(facts) ??
    finding(facts) ??
    disputedItems(facts) ??
    missingBaseline(facts) ??
    shortSight(facts) ??
    allWell(facts)
  );
}

function silentSource({ lastReceivedAt, now }: StepFacts): NextStep | null {
  if (!lastReceivedAt) return null;
  const hours = (now.getTime() - lastReceivedAt.getTime()) / 3_600_000;
  if (hours < SILENT_HOURS) return null;
  return {
    title: "Check whether outputs still arrive",
    reason: `Nothing has arrived for ${Math.floor(hours / 24)} days. What is not sent cannot be measured.`,
    path: "input",
    action: "See what arrived",
  };
}

function missingReviews(facts: StepFacts): NextStep | null {
  const { series, reviewsPerWeek, reviewsThisWeek, reviewsLastWeek, due, canManage, canReview } = facts;
  const first = series.totals.reviews === 0;
  const behind =
    due > 0 &&
    Math.max(reviewsThisWeek, reviewsLastWeek) < BEHIND_SHARE * reviewsPerWeek &&
    due > BEHIND_SHARE * reviewsPerWeek;
  if (!first && !behind) return null;
  return {
    title: first ? "Review the first outputs" : "Reviewers do not keep up",
    reason: first
      ? "A number appears when 20 outputs of a period have been judged."
      : `${reviewsLastWeek} reviews last week, ${reviewsPerWeek} planned; ${due} are due. Until they are done the latest numbers are not final.`,
    ...(canReview
      ? { path: "review" as const, action: "Open the queue" }
      : canManage
        ? { path: "members" as const, action: "Add a reviewer" }
        : { path: null, action: null }),
  };
}

function finding({ series, worst, overallGap, promise }: StepFacts): NextStep | null {
  if (worst?.gap && gapState(worst.gap) === "below") {
    const release = series.releases.at(-1);
    return {
      title: `Look at what went wrong in ${segmentName(worst.segment)}`,
      reason: `It is the segment that is most surely below its pilot.${release ? ` The latest release is ${release.model_version}.` : ""} Its wrong outputs show the pattern.`,
      path: "wrong",
      segment: true,
      action: "Show its wrong outputs",
    };
  }
  const gaps = [series.now?.gap, overallGap];
  if (gaps.some((gap) => gap && gapState(gap) === "below")) {
    return {
      title: "Look at the wrong outputs",
      reason: "Accuracy is below the pilot, and no single segment explains it.",
      path: "wrong",
      action: "Show wrong outputs",
    };
  }
  if (promise === "below") {
    return {
      title: "Look at the wrong outputs",
      reason: "Accuracy is below what was promised. The wrong outputs show what they have in common.",
      path: "wrong",
      action: "Show wrong outputs",
    };
  }
  return null;
}

function disputedItems({ disputed, canManage }: StepFacts): NextStep | null {
  if (!canManage || disputed === 0) return null;
  return {
    title: disputed === 1 ? "Decide about one item" : `Decide about ${disputed} items`,
    reason: `Two people judged ${disputed === 1 ? "it" : "each of them"} differently. Until a third decides, the first answer counts.`,
    path: "review/adjudicate",
    action: "See both answers",
  };
}

function missingBaseline({ series, canManage }: StepFacts): NextStep | null {
  if (!canManage || !series.pilot || series.pilot.frozen) return null;
  return {
    title: "Freeze the baseline",
    reason:
      "The pilot's accuracy still moves with every review of it. Frozen, it is a fixed line to compare with.",
    path: "accuracy",
    action: "Open the accuracy page",
  };
}

function shortSight({ reach, canManage, reviewsPerWeek }: StepFacts): NextStep | null {
  if (!canManage || !reach || (reach.finds !== null && reach.finds <= WANTED_DROP + 5e-4)) return null;
  const finds = reach.finds === null ? "no drop at all" : `a drop of ${formatDrop(reach.finds)} or more`;
  return {
    title: "Plan enough reviews to notice a drop",
    reason: `With ${reviewsPerWeek} reviews a week, four weeks are enough to find ${finds}. The planner says what ${formatDrop(WANTED_DROP)} would take.`,
    path: "planner",
    action: "Open the planner",
  };
}

function allWell({ series }: StepFacts): NextStep {
  return {
    title: "Nothing needs you now",
    reason: series.pilot
      ? "No clear difference from the pilot, and reviewers keep up."
      : "Reviewers keep up. Without a pilot there is nothing to compare with: send outputs with phase “pilot” and their truth.",
    path: "accuracy",
    action: "See the trend",
  };
}

/**
 * Segments in the order in which they deserve a look: the more surely below their pilot, the earlier (upper end of the gap's range);
 * without a pilot by the upper end of their own range. A small segment with a wide range does not come first by chance alone.
 */
export function worstFirst(rows: readonly SegmentRow[], fewest: number): SegmentRow[] {
  const rank = (row: SegmentRow) => row.gap?.high ?? row.estimate?.high ?? 1;
  return rows.filter((row) => (row.estimate?.n ?? 0) >= fewest).sort((a, b) => rank(a) - rank(b));
}
