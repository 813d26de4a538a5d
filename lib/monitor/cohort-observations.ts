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
 * chose, whenever the labels arrived. Outputs of a cluster are merged (mean error, mean weight). The weight is the least inclusion
 * probability that the segment has in this cohort over the output's own, so that outputs that were drawn more often count less.
 * Segments come in the order of their first observation.
 *
 * @param options.leastOf the least inclusion probability that an output of a segment can have in this cohort, drawn or not: see
 *   least-probability.ts. Asked once for each segment.
 */
export function cohortObservations<Segment>(
  labels: readonly ObservedLabel<Segment>[],
  options: { unsureCountsWrong: boolean; leastOf: (segment: Segment) => number },
): Map<Segment, Observation[]> {
  const open = new Map<Segment, OpenSegment>();
  for (const label of labels.toSorted(byRandomNumber)) {
    const score = label.score ?? (options.unsureCountsWrong ? 0 : null);
    if (score === null) continue;
    for (const segment of label.segments) {
      let own = open.get(segment);
      if (!own) {
        own = { least: options.leastOf(segment), units: [], clusters: new Map() };
        open.set(segment, own);
      }
      addToUnit(own, label.cluster, 1 - score, own.least / label.inclusionProbability);
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
  least: number;
  units: Unit[];
  clusters: Map<string, Unit>;
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
