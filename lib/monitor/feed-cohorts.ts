import type { Tx } from "@/lib/db/client";
import { segmentKey } from "@/lib/estimate/read-cells";
import type { Segment } from "@/lib/estimate/schema";
import { type DetectorState, newDetectorState } from "@/lib/stats/e-detector";
import { segmentParts } from "@/lib/incident/segment-part";
import { boundaryError } from "@/lib/stats/pilot-boundary";
import { cohortObservations, type Observation } from "./cohort-observations";
import {
  type Checkpoint,
  type HeldDetector,
  readCheckpoints,
  readResolutions,
  writeCheckpoints,
} from "./detector-checkpoints";
import { type DetectorAlarm, feedDetector, startedAt } from "./feed-detector";
import { drawnProbability } from "./label-probability";
import { type CohortStratum, leastProbability } from "./least-probability";
import { type RaisedAlarm, raiseAlarms } from "./raise-alarms";
import { type ClosedCohort, type ClosedStratum, readCohorts } from "./read-cohorts";
import type { Watch } from "./read-watch";

export interface FeedRange {
  from: number;
  to: number;
  /** Only these segments, by key, each from the cohort given; all by default. */
  only?: ReadonlyMap<string, number>;
}

/** Observations of one segment in one cohort. */
interface SegmentFeed extends Segment {
  cohort: Pick<ClosedCohort, "sequence" | "day">;
  observations: Observation[];
}

export interface FedCohorts {
  checkpoints: Checkpoint[];
  /** Incidents that were opened. */
  opened: number;
}

/**
 * Feeds closed cohorts, in their order, to the detectors of all segments that have observations in them: states are loaded from the
 * checkpoints before, new checkpoints written, and alarms handed to the incidents, everything in the caller's transaction. The number
 * of statements does not depend on the number of segments.
 */
export async function feedCohorts(tx: Tx, watch: Watch, range: FeedRange): Promise<FedCohorts> {
  const cohorts = await readCohorts(tx, watch.projectId, range);
  const feeds = cohorts.flatMap((cohort) => segmentFeeds(watch, cohort, range.only));
  const firsts = new Map<string, Segment & { before: number }>();
  for (const { attribute, value, cohort } of feeds) {
    const key = segmentKey({ attribute, value });
    if (!firsts.has(key)) firsts.set(key, { attribute, value, before: cohort.sequence });
  }
  const held = await readCheckpoints(tx, watch, [...firsts.values()]);
  const resolutions = await readResolutions(tx, watch);
  const checkpoints: Checkpoint[] = [];
  const raised: RaisedAlarm[] = [];
  for (const feed of feeds) {
    const key = segmentKey(feed);
    const state = stateBefore(held.get(key), feed.cohort.sequence, resolutions.get(key) ?? []);
    const fed = feedSegment(watch, feed, state);
    held.set(key, fed.checkpoint);
    checkpoints.push(fed.checkpoint);
    raised.push(...fed.alarms.map((alarm) => raisedAlarm(feed, alarm)));
  }
  await writeCheckpoints(tx, watch, checkpoints);
  return { checkpoints, opened: await raiseAlarms(tx, watch, raised) };
}

/** Segments in the order of their keys, so that incidents of one cohort open in the same order each time. */
function segmentFeeds(watch: Watch, cohort: ClosedCohort, only?: ReadonlyMap<string, number>): SegmentFeed[] {
  const named = new Map<string, Segment>();
  const labels = cohort.labels.map((label) => {
    const segments = watch.segmentsOf(label.carried).flatMap((segment) => {
      const key = segmentKey(segment);
      if (only && cohort.sequence < (only.get(key) ?? Number.POSITIVE_INFINITY)) return [];
      named.set(key, segment);
      return [key];
    });
    const inclusionProbability = watch.unsureCountsWrong
      ? drawnProbability(label.inclusionProbability, label.prefix)
      : label.inclusionProbability;
    return { ...label, segments, inclusionProbability };
  });
  const leastIn = leastProbability(cohort.strata.map((stratum) => watchedStratum(watch, stratum)));
  const observations = cohortObservations(labels, {
    unsureCountsWrong: watch.unsureCountsWrong,
    leastOf: (key) => {
      const segment = named.get(key);
      return leastIn(segment ? segmentParts(segment) : []);
    },
  });
  return [...observations.keys()].sort().flatMap((key) => {
    const segment = named.get(key);
    const own = observations.get(key);
    return segment && own ? [{ ...segment, cohort, observations: own }] : [];
  });
}

/** Whether a stratum counts with what was judged in it, or with what was drawn: as its labels do. */
function watchedStratum(
  { unsureCountsWrong }: Watch,
  { drawn, prefix, ...stratum }: ClosedStratum,
): CohortStratum {
  return {
    ...stratum,
    drawn: unsureCountsWrong && drawn !== null ? drawnProbability(drawn, prefix) : drawn,
  };
}

/**
 * From the last checkpoint; from zero when there is none, or when an incident of the segment was resolved after it and before this
 * cohort. After an alarm the checkpoint itself says zero.
 */
function stateBefore(
  held: HeldDetector | undefined,
  sequence: number,
  resolutions: readonly number[],
): DetectorState {
  if (!held) return newDetectorState();
  const reset = resolutions.some((resolved) => held.sequence <= resolved && resolved < sequence);
  return reset ? startedAt(held.state.observations) : held.state;
}

function feedSegment(
  watch: Watch,
  { attribute, value, cohort, observations }: SegmentFeed,
  from: DetectorState,
): { checkpoint: Checkpoint; alarms: DetectorAlarm[] } {
  const { state, logEvidence, peak, alarms } = feedDetector(from, observations, {
    boundaryError: boundaryError(watch.boundaryOf({ attribute, value })),
    logThreshold: watch.logThreshold,
  });
  const { sequence } = cohort;
  const counts = { observations: state.observations, alarms: alarms.length };
  return { checkpoint: { attribute, value, sequence, state, logEvidence, peak, ...counts }, alarms };
}

function raisedAlarm({ attribute, value, cohort }: SegmentFeed, alarm: DetectorAlarm): RaisedAlarm {
  return { attribute, value, sequence: cohort.sequence, day: cohort.day, ...alarm };
}
