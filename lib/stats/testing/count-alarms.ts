import { openDetector } from "@/lib/stats/e-detector";
import type { Observation } from "@/lib/stats/weight-classes";

/** Feeds a detector that starts anew after each alarm; returns the indices of the observations that alarmed. */
export function alarmsIn(
  observations: Iterable<Observation>,
  boundaryError: number,
  threshold: number,
): number[] {
  const logThreshold = Math.log(threshold);
  const alarms: number[] = [];
  let detector = openDetector(boundaryError);
  let index = 0;
  for (const { error, weight } of observations) {
    if (detector.step(error, weight) >= logThreshold) {
      alarms.push(index);
      detector = openDetector(boundaryError);
    }
    index += 1;
  }
  return alarms;
}

/** Share of runs with at least one alarm. */
export function alarmedShare(
  runs: number,
  observationsOf: (run: number) => Iterable<Observation>,
  rule: { boundaryErrorOf: (run: number) => number; threshold: number },
): number {
  let alarmed = 0;
  for (let run = 0; run < runs; run += 1) {
    const alarms = alarmsIn(observationsOf(run), rule.boundaryErrorOf(run), rule.threshold);
    if (alarms.length > 0) alarmed += 1;
  }
  return alarmed / runs;
}

/** A share of runs that is at most `bound` stays below this but once in a thousand times. */
export function upToChance(bound: number, runs: number): number {
  return bound + 3 * Math.sqrt((bound * (1 - bound)) / runs);
}
