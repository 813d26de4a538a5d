import type { AccuracyPoint } from "@/lib/estimate/schema";
import type { RecordedSet } from "./recorded-set";

export interface Coverage {
  /** Weekly overall intervals, and how many of them hold the true accuracy of their week. */
  overall: Count;
  /** The same for segment values in weeks with at least ten reviews of them. */
  segments: Count;
  /** Errors of the weekly overall estimates (estimate minus truth), to see a drift to one side. */
  errors: number[];
  /** Sum of the widths of the overall intervals. */
  width: number;
}

export interface Count {
  held: number;
  of: number;
  missed: string[];
}

const FEWEST_OF_SEGMENT = 10;

export function emptyCoverage(): Coverage {
  return {
    overall: { held: 0, of: 0, missed: [] },
    segments: { held: 0, of: 0, missed: [] },
    errors: [],
    width: 0,
  };
}

/** Adds the weekly points of one sampled stream, by segment ("" overall, else "attribute=value"), to the tally. */
export function measureCoverage(
  points: Map<string, AccuracyPoint[]>,
  set: RecordedSet,
  tally: Coverage,
): void {
  for (const [segment, own] of points) {
    for (const point of own) {
      if (segment !== "") {
        if ((point.estimate?.n ?? 0) >= FEWEST_OF_SEGMENT) count(tally.segments, set, segment, point);
        continue;
      }
      const truth = count(tally.overall, set, segment, point);
      if (truth === null || !point.estimate) continue;
      tally.errors.push(point.estimate.mean - truth);
      tally.width += point.estimate.high - point.estimate.low;
    }
  }
}

function count(tally: Count, set: RecordedSet, segment: string, point: AccuracyPoint): number | null {
  const truth = set.truth.get(segment)?.get(point.start);
  if (truth === undefined || Number.isNaN(truth) || !point.estimate) return null;
  const { low, high, mean, n } = point.estimate;
  tally.of += 1;
  // Published truths are rounded to four digits.
  if (low <= truth + 5e-5 && truth - 5e-5 <= high) tally.held += 1;
  else
    tally.missed.push(
      `${segment} ${point.start}: ${mean.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}] of n ${n}, true ${truth}`,
    );
  return truth;
}

/** Share of the intervals that hold the truth; 1 when there are none. */
export function heldShare({ held, of }: Count): number {
  return of === 0 ? 1 : held / of;
}
