import { FEWEST_FOR_OWN_BOUNDARY, FEWEST_PILOT_REVIEWS, pilotLow80 } from "@/lib/monitor/pilot-rule";
import { boundaryError, pilotBoundary } from "@/lib/stats/pilot-boundary";
import { dayText } from "./calendar";
import type { Stream } from "./sampled-epoch";
import type { WatchedColumns } from "./watched-columns";

export interface BoundarySettings {
  /** Accuracy that was promised; null: the boundary comes from the pilot. */
  floor: number | null;
  tolerance: number;
  declareClusters: boolean;
}

/** The pilot of one segment; outputs of one cluster and month are one observation. */
export interface SegmentPilot {
  n: number;
  effectiveN: number;
  mean: number;
}

export interface StreamBoundaries {
  /** Of each watched segment: accuracy that must not be undershot. */
  boundaries: Float64Array;
  /** Null: nothing of it was judged in the pilot. */
  pilots: (SegmentPilot | null)[];
  /** Whether the boundary is of the segment's own pilot. */
  own: boolean[];
}

/** Boundaries as the product takes them from the pilot of a stream. Null: nothing was promised, and too little was judged. */
export function streamBoundaries(
  stream: Stream,
  watched: WatchedColumns,
  settings: BoundarySettings,
): StreamBoundaries | null {
  const pilots = segmentPilots(stream, watched, settings.declareClusters);
  const [whole] = pilots;
  if (settings.floor !== null) {
    const floor = 1 - boundaryError(settings.floor);
    return {
      pilots,
      boundaries: new Float64Array(pilots.length).fill(floor),
      own: pilots.map(() => false),
    };
  }
  if (!whole || whole.n < FEWEST_PILOT_REVIEWS) return null;
  const own = pilots.map((pilot, segment) => segment > 0 && (pilot?.n ?? 0) >= FEWEST_FOR_OWN_BOUNDARY);
  const common = boundaryOf(whole, settings.tolerance);
  const boundaries = Float64Array.from(pilots, (pilot, segment) =>
    pilot && own[segment] ? boundaryOf(pilot, settings.tolerance) : common,
  );
  return { boundaries, pilots, own };
}

function boundaryOf({ mean, effectiveN }: SegmentPilot, tolerance: number): number {
  return pilotBoundary({ mean, low80: pilotLow80({ mean, effectiveN, unauditedShare: 0 }) }, tolerance);
}

interface Sums {
  n: number;
  weight: number;
  weight2: number;
  weightScore: number;
}

interface Unit {
  segment: number;
  weight: number;
  weightScore: number;
}

function segmentPilots(
  { history, calendar, order }: Stream,
  watched: WatchedColumns,
  declareClusters: boolean,
): (SegmentPilot | null)[] {
  const sums = watched.segments.map((): Sums => ({ n: 0, weight: 0, weight2: 0, weightScore: 0 }));
  const units = new Map<string, Unit>();
  for (const { startsAt, from, to } of calendar.flatMap(({ days }) => days)) {
    const month = dayText(startsAt).slice(0, 7);
    for (let place = from; place < to; place += 1) {
      if (history.pilot[place] !== 1) continue;
      const output = order[place] ?? 0;
      const score = history.scores[output] ?? Number.NaN;
      if (Number.isNaN(score)) continue;
      const weight = 1 / (history.sourceProbabilities[output] ?? 1);
      const cluster = declareClusters ? (history.clusters[output] ?? -1) : -1;
      for (const segment of watched.of[output] ?? []) {
        const unit = { segment, weight, weightScore: weight * score };
        if (cluster < 0) addUnit(sums, unit);
        else joinUnit(units, `${segment} ${cluster} ${month}`, unit);
      }
    }
  }
  for (const unit of units.values()) addUnit(sums, unit);
  return sums.map(({ n, weight, weight2, weightScore }) =>
    n === 0
      ? null
      : {
          n,
          effectiveN: Math.min(n, weight / (weight2 / weight)),
          mean: Math.min(1, weightScore / weight),
        },
  );
}

function joinUnit(units: Map<string, Unit>, key: string, unit: Unit): void {
  const known = units.get(key);
  if (!known) units.set(key, unit);
  else {
    known.weight += unit.weight;
    known.weightScore += unit.weightScore;
  }
}

function addUnit(sums: readonly Sums[], { segment, weight, weightScore }: Unit): void {
  const sum = sums[segment];
  if (!sum) return;
  sum.n += 1;
  sum.weight += weight;
  sum.weight2 += weight * weight;
  sum.weightScore += weightScore;
}
