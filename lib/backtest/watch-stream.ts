import { segmentParts } from "@/lib/incident/segment-part";
import { cohortObservations } from "@/lib/monitor/cohort-observations";
import { openSegmentDetector, type SegmentDetector } from "@/lib/monitor/feed-detector";
import { leastProbability } from "@/lib/monitor/least-probability";
import { boundaryError } from "@/lib/stats/pilot-boundary";
import { type ClosedCohort, closeCohort, type CohortRules } from "./close-cohorts";
import type { StreamBoundaries } from "./pilot-boundaries";
import { replayStream } from "./replay-stream";
import type { ReplayPlan, SampledEpoch } from "./sampled-epoch";

/** The first time that a segment would have alarmed. */
export interface SegmentAlarm {
  segment: number;
  /** Start of the week whose reviews gave the last evidence, and of the day that these outputs are of. */
  week: number;
  day: number;
  /** Start of the day on which the loss likely began. */
  changeDay: number;
  /** Reviewed outputs of the segment since the start of production, and observations of it since the likely start. */
  reviewsOfSegment: number;
  reviewsSinceChange: number;
  /** Looks of all reviewers since the start of production. */
  looks: number;
}

/** What the detectors said about one replay of a stream. */
export interface StreamAlarms {
  first: SegmentAlarm[];
  /** Alarms of each segment, in whatever number: a detector starts anew after each. */
  counts: Map<number, number>;
  /** Reviewed outputs that the detectors saw. */
  fed: number;
}

export interface WatchRules extends CohortRules {
  plan: ReplayPlan;
  boundaries: StreamBoundaries;
  threshold: number;
}

/** Replays a stream and lets the detectors of all watched segments see its cohorts as they close. */
export function watchStream(rules: WatchRules): StreamAlarms {
  const watch = openWatch(rules);
  let waiting: SampledEpoch[] = [];
  let seen = 0;
  let looks = 0;
  replayStream(rules.stream, rules.draw, { plan: rules.plan }, (week) => {
    waiting.push(...week.epochs.slice(seen));
    seen = week.epochs.length;
    const clock = week.epochs.at(-1)?.startsAt ?? week.startsAt;
    looks += week.looks;
    waiting = waiting.filter((epoch) => {
      const cohort = closeCohort(epoch, { queue: week.queue, clock }, rules);
      if (cohort) watch.feed(cohort, { week: week.startsAt, looks });
      return cohort === null;
    });
  });
  return watch.alarms;
}

interface WatchedSegment {
  detector: SegmentDetector;
  /** The day that each observation is of. */
  days: number[];
  /** Outputs reviewed, of which a cluster may be one observation. */
  reviews: number;
}

function openWatch({ boundaries, threshold, unsureCountsWrong, watched }: WatchRules) {
  const logThreshold = Math.log(threshold);
  const open = new Map<number, WatchedSegment>();
  const alarms: StreamAlarms = { first: [], counts: new Map(), fed: 0 };
  const parts = watched.segments.map((segment) => segmentParts(segment));
  return { alarms, feed };

  function feed({ startsAt, labels, strata }: ClosedCohort, at: { week: number; looks: number }): void {
    for (const { score, segments } of labels) {
      if (score === null && !unsureCountsWrong) continue;
      alarms.fed += 1;
      for (const segment of segments) opened(segment).reviews += 1;
    }
    const leastIn = leastProbability(strata);
    const leastOf = (segment: number) => leastIn(parts[segment] ?? []);
    for (const [segment, observations] of cohortObservations(labels, { unsureCountsWrong, leastOf })) {
      const { detector, days, reviews } = opened(segment);
      for (const observation of observations) {
        days.push(startsAt);
        const alarm = detector.feed(observation);
        if (!alarm) continue;
        const count = alarms.counts.get(segment) ?? 0;
        alarms.counts.set(segment, count + 1);
        if (count > 0) continue;
        alarms.first.push({
          segment,
          ...at,
          day: startsAt,
          changeDay: days[alarm.changeStart] ?? startsAt,
          reviewsOfSegment: reviews,
          reviewsSinceChange: alarm.observation - alarm.changeStart + 1,
        });
      }
    }
  }

  function opened(segment: number): WatchedSegment {
    const known = open.get(segment);
    if (known) return known;
    const limits = { boundaryError: boundaryError(boundaries.boundaries[segment] ?? 0), logThreshold };
    const fresh = { detector: openSegmentDetector(limits), days: [], reviews: 0 };
    open.set(segment, fresh);
    return fresh;
  }
}
