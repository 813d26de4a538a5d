import { addEvidence } from "@/lib/stats/add-evidence";
import { driftTail } from "@/lib/stats/drift-tail";
import { evidenceFromTail } from "@/lib/stats/evidence-from-tail";
import type { Feature } from "./feature";
import { addCounts, totalOf } from "./window-counts";

/** A window is a day, or as many days as it takes to have so many independent outputs. */
const FEWEST_OUTPUTS = 30;
/** Moved features are compared over so many windows to see whether they are back. */
const WINDOWS_TO_RETURN = 7;
/** Back where it was: at the tolerated drift, counts this far from the pilot's are common. */
const RETURNED_TAIL = Math.log(0.1);
const WINDOWS_PER_YEAR = 365;
/** False findings a year that a project accepts over all its features. */
export const ACCEPTED_PER_YEAR = 2;

export interface DayCounts {
  /** "2026-03-29" */
  day: string;
  counts: readonly number[];
  /** By how much the clusters of this day are larger than the pilot's; 1 when they are not. */
  clumping: number;
}

/** What is known of one feature after a window; survives a round trip through JSON. */
export interface DriftState {
  /** Natural logarithm of the evidence that the feature has moved; null before the first window and after an alarm. */
  logEvidence: number | null;
  /** The same as a running sum that forgets: it dates the move. */
  climb: number;
  /** First day of the window in which the climb began. */
  climbFrom: string | null;
  /** First day of the window since when the feature counts as moved; null = where the pilot had it. */
  movedSince: string | null;
  /** Day on which that was noticed. */
  noticedOn: string | null;
  /** Counts of the windows since it was noticed, the newest last, at most seven. */
  recent: number[][];
}

export interface DriftWindow {
  from: string;
  to: string;
  counts: number[];
  /** Divides counts, so that they vary as those of independent outputs. */
  designEffect: number;
  /** Logarithm of the chance of such counts if nothing had moved; null when nothing can be compared. */
  logTail: number | null;
  /** Evidence after this window, in natural logarithms. */
  logEvidence: number | null;
  /** This window raised the finding. */
  noticed: boolean;
  /** This window ended it. */
  returned: boolean;
  state: DriftState;
}

export function newDriftState(): DriftState {
  return { logEvidence: null, climb: 0, climbFrom: null, movedSince: null, noticedOn: null, recent: [] };
}

/** Logarithm of the evidence at which a feature counts as moved: the accepted false findings are shared by all features. */
export function driftThreshold(features: number): number {
  return Math.log((Math.max(1, features) * WINDOWS_PER_YEAR) / ACCEPTED_PER_YEAR);
}

/**
 * Follows one feature through days in their order, from a state. Days gather into a window until it holds thirty independent outputs; what
 * is left at the end belongs to no window yet. The same days always give the same windows: after a late output, begin again before its day.
 */
export function followDrift(
  feature: Pick<Feature, "baseline" | "designEffect">,
  days: readonly DayCounts[],
  options: { logThreshold: number; from?: DriftState },
): DriftWindow[] {
  const windows: DriftWindow[] = [];
  let state = options.from ?? newDriftState();
  let open: { from: string; counts: number[]; clumped: number } | null = null;
  for (const { day, counts, clumping } of days) {
    const n = totalOf(counts);
    if (n === 0) continue;
    open ??= { from: day, counts: counts.map(() => 0), clumped: 0 };
    open.counts = addCounts(open.counts, counts);
    open.clumped += n * clumping;
    const total = totalOf(open.counts);
    const designEffect = feature.designEffect === 1 ? 1 : (feature.designEffect * open.clumped) / total;
    if (total / designEffect < FEWEST_OUTPUTS) continue;
    const window = closeWindow(feature, state, {
      from: open.from,
      to: day,
      counts: open.counts,
      designEffect,
      logThreshold: options.logThreshold,
    });
    windows.push(window);
    state = window.state;
    open = null;
  }
  return windows;
}

type ClosingWindow = Pick<DriftWindow, "from" | "to" | "counts" | "designEffect"> & { logThreshold: number };

function closeWindow(
  feature: Pick<Feature, "baseline" | "designEffect">,
  before: DriftState,
  { logThreshold, ...window }: ClosingWindow,
): DriftWindow {
  const compare = (counts: readonly number[]) =>
    driftTail(
      counts.map((count) => count / window.designEffect),
      feature.baseline.map((count) => count / feature.designEffect),
    );
  const logTail = compare(window.counts);
  const seen = { ...window, logTail, noticed: false, returned: false };
  if (before.movedSince !== null) {
    const recent = [...before.recent, window.counts].slice(-WINDOWS_TO_RETURN);
    const pooled = recent.reduce<readonly number[]>(addCounts, []);
    const returned = recent.length === WINDOWS_TO_RETURN && (compare(pooled) ?? 0) > RETURNED_TAIL;
    const state = returned ? newDriftState() : { ...before, recent };
    return { ...seen, returned, logEvidence: before.logEvidence, state };
  }
  if (logTail === null) return { ...seen, logEvidence: before.logEvidence, state: before };
  const evidence = evidenceFromTail(logTail);
  const logEvidence = addEvidence(before.logEvidence ?? -Infinity, evidence);
  const restarted = before.climb <= 0;
  const climbFrom = restarted ? window.from : before.climbFrom;
  const climb = Math.max(0, before.climb) + evidence;
  const noticed = logEvidence >= logThreshold;
  const state: DriftState = {
    ...before,
    logEvidence,
    climb,
    climbFrom,
    movedSince: noticed ? climbFrom : null,
    noticedOn: noticed ? window.to : null,
  };
  return { ...seen, logEvidence, noticed, state };
}
