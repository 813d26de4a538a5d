import { type DetectorState, newDetectorState, openDetector } from "@/lib/stats/e-detector";
import type { Observation } from "./cohort-observations";

export interface DetectorLimits {
  /** Error rate that must not be exceeded. */
  boundaryError: number;
  /** Natural logarithm of the evidence at which it alarms. */
  logThreshold: number;
}

/** The threshold was reached. Observations are numbered from 0 over the life of the detector, resets included. */
export interface DetectorAlarm {
  /** The observation that reached it. */
  observation: number;
  /** The one at which the change likely began. */
  changeStart: number;
  logEvidence: number;
}

export interface SegmentDetector {
  /** Takes the next observation; what it returns is no null when the threshold was reached, and the detector then starts from zero. */
  feed: (observation: Observation) => DetectorAlarm | null;
  /** Natural logarithm of the evidence now; 0, which is no evidence at all, when it has just started from zero. */
  logEvidence: () => number;
  state: () => DetectorState;
}

/** A detector of one segment that starts from zero after each alarm; a state to go on from comes from a checkpoint. */
export function openSegmentDetector(
  { boundaryError, logThreshold }: DetectorLimits,
  from: DetectorState = newDetectorState(),
): SegmentDetector {
  let detector = openDetector(boundaryError, from);
  let logEvidence = 0;
  return {
    feed({ error, weight }) {
      logEvidence = detector.step(error, weight);
      if (logEvidence < logThreshold) return null;
      const observations = detector.observations();
      const alarm = { observation: observations - 1, changeStart: detector.changeStart(), logEvidence };
      detector = openDetector(boundaryError, startedAt(observations));
      logEvidence = 0;
      return alarm;
    },
    logEvidence: () => logEvidence,
    state: () => detector.state(),
  };
}

export interface FedDetector {
  state: DetectorState;
  /** Natural logarithms of the evidence after the last observation and of the highest on the way. */
  logEvidence: number;
  peak: number;
  alarms: DetectorAlarm[];
}

/** Feeds the observations of one cohort, at least one, to the detector of one segment. */
export function feedDetector(
  from: DetectorState,
  observations: readonly Observation[],
  limits: DetectorLimits,
): FedDetector {
  const detector = openSegmentDetector(limits, from);
  const alarms: DetectorAlarm[] = [];
  let peak = -Infinity;
  for (const observation of observations) {
    const alarm = detector.feed(observation);
    if (alarm) alarms.push(alarm);
    peak = Math.max(peak, alarm?.logEvidence ?? detector.logEvidence());
  }
  if (peak === -Infinity) throw new RangeError("There must be at least one observation.");
  return { state: detector.state(), logEvidence: detector.logEvidence(), peak, alarms };
}

/** A detector that starts from zero and goes on counting. */
export function startedAt(observations: number): DetectorState {
  const fresh = newDetectorState();
  return { ...fresh, starts: fresh.starts.map(() => observations), observations };
}
