import { addEvidence } from "@/lib/stats/add-evidence";
import { driftTail } from "@/lib/stats/drift-tail";
import { evidenceFromTail } from "@/lib/stats/evidence-from-tail";
import { populationStabilityIndex } from "@/lib/stats/population-stability-index";
import type { Feature } from "./feature";
import { addCounts, totalOf } from "./window-counts";

/** A window is a day, or as many days as it takes to have so many independent outputs. */
const FEWEST_OUTPUTS = 30;
/** Moved features are compared over so many windows to see whether they are back. */
const WINDOWS_TO_RETURN = 7;
/** Back where it was: at the tolerated drift, counts this far from the pilot's are common. */
const RETURNED_TAIL = Math.log(0.1);
/** Where a moved feature stands now is what so many outputs after the move say. */
const FEWEST_REFERRED = 300;
/** Of so many windows; twice as many after each move from the third on: a feature that keeps moving, like a month, is soon at home anywhere. */
const WINDOWS_REFERRED = 7;
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
  /** Moves since it last was where the pilot had it. */
  moves: number;
  /** Where it stands since the last of them; one away from here is another. Null = nothing known yet. */
  moved: MovedState | null;
}

interface MovedState {
  /** Effective counts of the first windows after the move, and their number. */
  counts: number[];
  windows: number;
  /** As above, against these counts; null until there are enough. */
  logEvidence: number | null;
  climb: number;
  climbFrom: string | null;
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
  /** This window raised a finding: the feature had moved, or moved once more. */
  noticed: boolean;
  /** This window ended it. */
  returned: boolean;
  state: DriftState;
}

export function newDriftState(): DriftState {
  return {
    logEvidence: null,
    climb: 0,
    climbFrom: null,
    movedSince: null,
    noticedOn: null,
    recent: [],
    moves: 0,
    moved: null,
  };
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
  const pilot = feature.baseline.map((count) => count / feature.designEffect);
  const effective = (counts: readonly number[]) => counts.map((count) => count / window.designEffect);
  const now = effective(window.counts);
  const logTail = driftTail(now, pilot);
  const seen = { ...window, logTail, noticed: false, returned: false };
  if (before.movedSince !== null) {
    const recent = [...before.recent, window.counts].slice(-WINDOWS_TO_RETURN);
    const fromPilot = (counts: readonly (readonly number[])[]) =>
      driftTail(effective(counts.reduce<readonly number[]>(addCounts, [])), pilot) ?? 0;
    const returned = recent.length === WINDOWS_TO_RETURN && fromPilot(recent) > RETURNED_TAIL;
    if (returned) return { ...seen, returned, logEvidence: before.logEvidence, state: newDriftState() };
    const moved = followMoved(before, now, window.from);
    const { logEvidence } = moved;
    // On its way back it is waited for: the first window may be half of each, and a return takes seven to be sure of.
    const back = before.moved !== null && indexOf(now, pilot) < indexOf(before.moved.counts, pilot);
    const said = Math.min(
      logEvidence ?? -Infinity,
      back ? (before.moved?.logEvidence ?? -Infinity) : Infinity,
    );
    const unlike = recent.slice(back ? -2 : -1).every((counts) => fromPilot([counts]) <= RETURNED_TAIL);
    const noticed = said >= logThreshold && unlike;
    const state = noticed
      ? { ...newDriftState(), movedSince: moved.climbFrom, noticedOn: window.to, moves: before.moves + 1 }
      : { ...before, recent, moved };
    return { ...seen, noticed, logEvidence, state };
  }
  if (logTail === null) return { ...seen, logEvidence: before.logEvidence, state: before };
  const { logEvidence, climb, climbFrom } = addWindow(before, logTail, window.from);
  const noticed = logEvidence >= logThreshold;
  const state: DriftState = {
    ...before,
    logEvidence,
    climb,
    climbFrom,
    movedSince: noticed ? climbFrom : null,
    noticedOn: noticed ? window.to : null,
    moves: noticed ? 1 : 0,
  };
  return { ...seen, logEvidence, noticed, state };
}

function indexOf(counts: readonly number[], pilot: readonly number[]): number {
  return populationStabilityIndex(counts, pilot)?.index ?? 0;
}

/** Gathers where a moved feature stands now, then tests each window against that, as windows are tested against the pilot. */
function followMoved({ moved, moves }: DriftState, now: readonly number[], from: string): MovedState {
  const known = moved ?? { counts: [], windows: 0, logEvidence: null, climb: 0, climbFrom: null };
  const enough = WINDOWS_REFERRED * 2 ** Math.max(0, moves - 2);
  if (known.windows < enough || totalOf(known.counts) < FEWEST_REFERRED)
    return { ...known, counts: addCounts(known.counts, now), windows: known.windows + 1 };
  const logTail = driftTail(now, known.counts);
  return logTail === null ? known : { ...known, ...addWindow(known, logTail, from) };
}

function addWindow(
  before: Pick<DriftState, "logEvidence" | "climb" | "climbFrom">,
  logTail: number,
  from: string,
): { logEvidence: number; climb: number; climbFrom: string | null } {
  const evidence = evidenceFromTail(logTail);
  return {
    logEvidence: addEvidence(before.logEvidence ?? -Infinity, evidence),
    climb: Math.max(0, before.climb) + evidence,
    climbFrom: before.climb <= 0 ? from : before.climbFrom,
  };
}
