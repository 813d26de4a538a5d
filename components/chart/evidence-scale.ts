import type { EvidencePoint } from "@/lib/incident/schema";

export interface EvidenceTick {
  /** Place on the axis in 0..1, from below. */
  at: number;
  label: string;
}

export interface EvidenceScale {
  /** Place of a natural logarithm of evidence in 0..1. */
  placeOf: (log: number) => number;
  ticks: EvidenceTick[];
}

/** Ten billion reviews: beyond that it is only more of the same. */
const MOST_DECADES = 10;

/** Powers of ten from 1 to above the highest point and the threshold; evidence against a drop counts as none. */
export function evidenceScale(points: readonly EvidencePoint[], logThreshold: number): EvidenceScale {
  const highest = points.reduce((most, { log_peak: log }) => Math.max(most, log), logThreshold);
  const decades = Math.min(MOST_DECADES, Math.max(1, highest / Math.LN10) * 1.06);
  const step = decades > 6 ? 2 : 1;
  const ticks: EvidenceTick[] = [];
  for (let power = 0; power <= decades; power += step)
    ticks.push({ at: power / decades, label: tickLabel(power) });
  return { placeOf: (log) => Math.min(1, Math.max(0, log / Math.LN10 / decades)), ticks };
}

function tickLabel(power: number): string {
  if (power >= 9) return `${10 ** (power - 9)}bn`;
  if (power >= 6) return `${10 ** (power - 6)}m`;
  return power >= 3 ? `${10 ** (power - 3)},000` : String(10 ** power);
}

/** Runs of points that a line may join: it breaks after an alarm, where the monitor starts from zero. */
export function evidenceRuns(points: readonly EvidencePoint[]): EvidencePoint[][] {
  const runs: EvidencePoint[][] = [];
  let open: EvidencePoint[] = [];
  for (const point of points) {
    open.push(point);
    if (!point.alarm) continue;
    runs.push(open);
    open = [];
  }
  return open.length > 0 ? [...runs, open] : runs;
}

const MOST_LABELS = 6;

/** The points under which the axis says their day: evenly spread, and none at the very ends, where a label would be cut. */
export function dayLabels(points: readonly EvidencePoint[]): EvidencePoint[] {
  const count = Math.min(MOST_LABELS, points.length);
  const chosen = new Set(
    Array.from({ length: count }, (_, at) => Math.floor(((at + 0.5) / count) * points.length)),
  );
  return points.filter((_, index) => chosen.has(index));
}
