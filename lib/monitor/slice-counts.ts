import type { SegmentPart } from "@/lib/incident/segment-part";
import type { WeightClass } from "@/lib/stats/evidence-from-counts";

/** A judged output as the search takes it. */
export interface SearchedSample {
  segments: Readonly<Record<string, string>>;
  /** Outputs of one cluster fail together: within a slice they are one observation. */
  cluster: string | null;
  /** 1 / inclusion probability: the outputs that it stands for. */
  weight: number;
  /** In [0, 1]. */
  score: number;
}

/** Observations with the same weight and error; `mass` is the number of outputs that all of them stand for. */
export type SliceClass = WeightClass & { mass: number };

/** Outputs that share one value, or two values of different attributes. No parts: all outputs. */
export interface SliceCounts {
  parts: readonly SegmentPart[];
  /** Judged outputs, or clusters of them. */
  observations: number;
  /** Outputs that they stand for. */
  mass: number;
  /** Weights here are as sampled (1 / inclusion probability), not relative. */
  classes: readonly SliceClass[];
}

/** One text per slice, for maps; the order of the parts does not matter. */
export function sliceKey(parts: readonly SegmentPart[]): string {
  const sorted = parts.toSorted((a, b) => (a.attribute < b.attribute ? -1 : 1));
  return JSON.stringify(sorted.map(({ attribute, value }) => [attribute, value]));
}

/** Weighted share of right outputs: a merged cluster counts as often as it has outputs. */
export function sliceAccuracy({ classes, mass }: SliceCounts): number {
  return Math.min(1, classes.reduce((sum, each) => sum + each.mass * (1 - each.error), 0) / mass);
}

/** All slices of some samples: all outputs (no parts), every value and every pair of values, with units of a cluster merged. */
export function sliceCounts(samples: readonly SearchedSample[]): SliceCounts[] {
  const slices = new Map<string, OpenSlice>();
  for (const sample of samples) {
    for (const parts of slicesOf(sample.segments)) {
      const key = sliceKey(parts);
      let slice = slices.get(key);
      if (!slice) slices.set(key, (slice = { parts, units: [], clusters: new Map() }));
      addSample(slice, sample);
    }
  }
  return [...slices.values()].map(({ parts, units }) => ({ parts, ...countUnits(units) }));
}

interface Unit {
  error: number;
  weight: number;
  outputs: number;
}

interface OpenSlice {
  parts: readonly SegmentPart[];
  units: Unit[];
  clusters: Map<string, Unit>;
}

function slicesOf(segments: SearchedSample["segments"]): SegmentPart[][] {
  const values = Object.entries(segments)
    .map(([attribute, value]) => ({ attribute, value }))
    .sort((a, b) => (a.attribute < b.attribute ? -1 : 1));
  const pairs = values.flatMap((first, at) => values.slice(at + 1).map((second) => [first, second]));
  return [[], ...values.map((value) => [value]), ...pairs];
}

function addSample(slice: OpenSlice, { cluster, weight, score }: SearchedSample): void {
  const known = cluster === null ? undefined : slice.clusters.get(cluster);
  if (known) {
    known.error += 1 - score;
    known.weight += weight;
    known.outputs += 1;
    return;
  }
  const unit = { error: 1 - score, weight, outputs: 1 };
  slice.units.push(unit);
  if (cluster !== null) slice.clusters.set(cluster, unit);
}

/** A merged unit has the mean error and the mean weight of its outputs, and stands for as many outputs as all of them. */
function countUnits(units: readonly Unit[]): Omit<SliceCounts, "parts"> {
  const classes = new Map<number, Map<number, SliceClass>>();
  let mass = 0;
  for (const unit of units) {
    const weight = unit.weight / unit.outputs;
    const error = unit.error / unit.outputs;
    const byError = classes.get(weight) ?? new Map<number, SliceClass>();
    classes.set(weight, byError);
    const known = byError.get(error) ?? { weight, error, count: 0, mass: 0 };
    byError.set(error, known);
    known.count += 1;
    known.mass += unit.weight;
    mass += unit.weight;
  }
  return {
    observations: units.length,
    mass,
    classes: [...classes.values()].flatMap((byError) => [...byError.values()]),
  };
}
