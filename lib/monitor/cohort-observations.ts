/** One sample of a closed cohort. */
export interface ObservedLabel<Segment> {
  /** Name of the output at its source: decides between equal random numbers. */
  externalId: string;
  /** Outputs of one cluster fail together: they are one observation. */
  cluster: string | null;
  randomNumber: number;
  inclusionProbability: number;
  /** In [0, 1]; null: nobody could judge it. */
  score: number | null;
  /** The watched segments in which it lies. */
  segments: readonly Segment[];
}

/** What a detector is fed: error in [0, 1], weight in (0, 1]. */
export interface Observation {
  error: number;
  weight: number;
}

/**
 * The observations of one cohort for each segment, in the order in which detectors take them: by the random number, which nobody
 * chose, whenever the labels arrived. Outputs of a cluster are merged (mean error, mean weight). The weight is the smallest
 * inclusion probability of the segment in this cohort over the output's own, so that outputs that were drawn more often count less.
 * Segments come in the order of their first observation.
 */
export function cohortObservations<Segment>(
  labels: readonly ObservedLabel<Segment>[],
  options: { unsureCountsWrong: boolean },
): Map<Segment, Observation[]> {
  const least = leastProbabilities(labels);
  const open = new Map<Segment, OpenSegment>();
  for (const label of labels.toSorted(byRandomNumber)) {
    const score = label.score ?? (options.unsureCountsWrong ? 0 : null);
    if (score === null) continue;
    for (const segment of label.segments) {
      let own = open.get(segment);
      if (!own) open.set(segment, (own = { units: [], clusters: new Map() }));
      const weight = (least.get(segment) ?? label.inclusionProbability) / label.inclusionProbability;
      addToUnit(own, label.cluster, 1 - score, weight);
    }
  }
  const observations = new Map<Segment, Observation[]>();
  for (const [segment, { units }] of open) observations.set(segment, units.map(observation));
  return observations;
}

interface Unit {
  error: number;
  weight: number;
  outputs: number;
}

interface OpenSegment {
  units: Unit[];
  clusters: Map<string, Unit>;
}

function leastProbabilities<Segment>(labels: readonly ObservedLabel<Segment>[]): Map<Segment, number> {
  const least = new Map<Segment, number>();
  for (const { segments, inclusionProbability } of labels) {
    for (const segment of segments) {
      const known = least.get(segment);
      if (known === undefined || inclusionProbability < known) least.set(segment, inclusionProbability);
    }
  }
  return least;
}

function byRandomNumber(a: ObservedLabel<unknown>, b: ObservedLabel<unknown>): number {
  if (a.randomNumber !== b.randomNumber) return a.randomNumber - b.randomNumber;
  return a.externalId < b.externalId ? -1 : a.externalId > b.externalId ? 1 : 0;
}

function addToUnit(segment: OpenSegment, cluster: string | null, error: number, weight: number): void {
  const known = cluster === null ? undefined : segment.clusters.get(cluster);
  if (known) {
    known.error += error;
    known.weight += weight;
    known.outputs += 1;
    return;
  }
  const unit = { error, weight, outputs: 1 };
  segment.units.push(unit);
  if (cluster !== null) segment.clusters.set(cluster, unit);
}

function observation({ error, weight, outputs }: Unit): Observation {
  return { error: error / outputs, weight: Math.min(1, weight / outputs) };
}
