import { cohortClosing, plannedCut } from "@/lib/monitor/cohort-closing";
import { cohortObservations } from "@/lib/monitor/cohort-observations";
import { feedDetector } from "@/lib/monitor/feed-detector";
import { drawnProbability, labelProbability } from "@/lib/monitor/label-probability";
import { servedPrefix } from "@/lib/monitor/served-prefix";
import { newDetectorState } from "@/lib/stats/e-detector";
import type { CohortOutput } from "@/lib/testing/make-cohort-project";

export type Score = number | "unsure" | null;

export interface ReferencePlan {
  rate: number;
  target: number;
  unsureCountsWrong: boolean;
  boundaryError: number;
  logThreshold: number;
  /** Names of the segments in which an output lies. */
  segmentsOf: (output: CohortOutput) => string[];
}

interface ReferenceLabel {
  output: CohortOutput;
  inclusionProbability: number;
  prefix: { served: number; labelled: number };
  /** It had a label when its cohort closed; others never get one. */
  labelled: boolean;
}

interface ReferenceCohort {
  labels: ReferenceLabel[];
  /** Of its strata with outputs: the least probability with which an output of them was to come. */
  planned: number[];
}

/** What evaluations should come to, in memory and in one go: cohorts in the order of their closing, with the labels as they are last. */
export interface ReferenceMonitor {
  label: (externalId: string, score: Score) => void;
  /** From now on every cohort has had its time. */
  endTime: () => void;
  evaluate: () => void;
  /** One line for each checkpoint. `arrival` is the control: labels in the order in which they came last. */
  checkpoints: (order?: "hash" | "arrival") => string[];
}

export function referenceMonitor(outputs: readonly CohortOutput[], plan: ReferencePlan): ReferenceMonitor {
  const scores = new Map<string, Score>();
  const arrivals = new Map<string, number>();
  const cohorts: ReferenceCohort[] = [];
  const closedDays = new Set<number>();
  const days = [...new Set(outputs.map(({ day }) => day))].sort((a, b) => a - b);
  let pastDeadline = false;
  return {
    label(externalId, score) {
      scores.set(externalId, score);
      arrivals.set(externalId, arrivals.size + scores.size);
    },
    endTime() {
      pastDeadline = true;
    },
    evaluate() {
      for (const day of days.filter((each) => !closedDays.has(each))) {
        const cohort = closeDay(
          outputs.filter((output) => output.day === day),
          plan,
          { scores, pastDeadline },
        );
        if (!cohort) continue;
        closedDays.add(day);
        cohorts.push(cohort);
      }
    },
    checkpoints: (order = "hash") => {
      const place = (output: CohortOutput) =>
        order === "hash" ? output.randomNumber : (arrivals.get(output.externalId) ?? 0) / 1e6;
      return feedAll(cohorts, plan, scores, place);
    },
  };
}

function closeDay(
  outputs: readonly CohortOutput[],
  plan: ReferencePlan,
  now: { scores: ReadonlyMap<string, Score>; pastDeadline: boolean },
): ReferenceCohort | null {
  const scoreOf = (output: CohortOutput) => now.scores.get(output.externalId) ?? null;
  const strata = [false, true].map((flagged) => {
    const own = outputs.filter((output) => (output.flagged ?? false) === flagged);
    const candidates = own
      .filter(({ randomNumber }) => randomNumber < plan.rate)
      .sort((a, b) => a.randomNumber - b.randomNumber || (a.externalId < b.externalId ? -1 : 1));
    const prefix = servedPrefix(
      plan.rate,
      candidates.map((output) => ({ ...output, final: scoreOf(output) !== null })),
    );
    const sources = own.map(({ sourceProbability }) => sourceProbability ?? 1);
    const planned = plannedCut({ ...plan, population: own.length }) * Math.min(1, ...sources);
    return { population: own.length, candidates, planned, ...prefix };
  });
  const progress = strata.map(({ population, cut }) => ({ ...plan, population, cut }));
  const { pastDeadline } = now;
  if (!cohortClosing({ settled: true, strata: progress, pastPatience: pastDeadline, pastDeadline }))
    return null;
  const labels = strata.flatMap(({ candidates, cut, served }) => {
    const prefix = candidates.slice(0, served);
    const labelled = prefix.filter((output) => typeof scoreOf(output) === "number").length;
    return prefix.map((output) => ({
      output,
      inclusionProbability: labelProbability({ cut, served, labelled }, output.sourceProbability ?? 1),
      prefix: { served, labelled },
      labelled: typeof scoreOf(output) === "number",
    }));
  });
  return { labels, planned: strata.map(({ planned }) => planned).filter((planned) => planned > 0) };
}

function feedAll(
  cohorts: readonly ReferenceCohort[],
  plan: ReferencePlan,
  scores: ReadonlyMap<string, Score>,
  place: (output: CohortOutput) => number,
): string[] {
  const states = new Map<string, ReturnType<typeof newDetectorState>>();
  const lines: string[] = [];
  for (const [at, cohort] of cohorts.entries()) {
    const labels = cohort.labels.map(({ output, inclusionProbability, prefix, labelled }) => {
      const score = scores.get(output.externalId);
      return {
        externalId: output.externalId,
        cluster: output.cluster ?? null,
        randomNumber: place(output),
        inclusionProbability: plan.unsureCountsWrong
          ? drawnProbability(inclusionProbability, prefix)
          : inclusionProbability,
        score: labelled && typeof score === "number" ? score : null,
        segments: plan.segmentsOf(output),
      };
    });
    // All strata can hold outputs of every segment here: they differ in flags only.
    const least = Math.min(
      ...cohort.planned,
      ...labels.map(({ inclusionProbability }) => inclusionProbability),
    );
    const options = { unsureCountsWrong: plan.unsureCountsWrong, leastOf: () => least };
    for (const [segment, observations] of cohortObservations(labels, options)) {
      const fed = feedDetector(states.get(segment) ?? newDetectorState(), observations, plan);
      states.set(segment, fed.state);
      lines.push(checkpointLine({ segment, sequence: at + 1, ...fed, alarms: fed.alarms.length }));
    }
  }
  return lines.sort();
}

/** Everything that a checkpoint says, every digit of it. */
export function checkpointLine(checkpoint: {
  segment: string;
  sequence: number;
  state: ReturnType<typeof newDetectorState>;
  logEvidence: number;
  peak: number;
  alarms: number;
}): string {
  const { segment, sequence, state, logEvidence, peak, alarms } = checkpoint;
  const { logSums, cusums, starts, observations } = state;
  return JSON.stringify([
    segment,
    sequence,
    logEvidence,
    peak,
    alarms,
    observations,
    logSums,
    cusums,
    starts,
  ]);
}
