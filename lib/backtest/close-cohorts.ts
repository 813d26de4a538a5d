import { cohortClosing, PATIENCE_DAYS, plannedCut, type StratumProgress } from "@/lib/monitor/cohort-closing";
import type { ObservedLabel } from "@/lib/monitor/cohort-observations";
import { drawnProbability, labelProbability } from "@/lib/monitor/label-probability";
import type { CohortStratum } from "@/lib/monitor/least-probability";
import { type ServedPrefix, servedPrefix } from "@/lib/monitor/served-prefix";
import { DAY_MS } from "@/lib/sampling/open-epoch";
import { TRUTH_ATTRIBUTE } from "@/lib/sampling/sampling-unit";
import type { ReviewQueue } from "./review-queue";
import type { Draw, SampledEpoch, SampledStratum, Stream } from "./sampled-epoch";
import type { WatchedColumns } from "./watched-columns";

/** What closes the cohorts of a replay and reads their labels. */
export interface CohortRules {
  stream: Stream;
  draw: Draw;
  watched: WatchedColumns;
  /** The names of the outputs. */
  names: readonly string[];
  declareClusters: boolean;
  unsureCountsWrong: boolean;
  maturityDays: number;
}

export interface ClosedCohort {
  startsAt: number;
  labels: ObservedLabel<number>[];
  strata: CohortStratum[];
}

interface StagedStratum extends ServedPrefix {
  stratum: SampledStratum;
  progress: StratumProgress;
}

/**
 * The labels of a day's production samples once they may be fed to the detectors; null while they wait. The clock is the start of
 * the newest day, as for a recorded history.
 */
export function closeCohort(
  epoch: SampledEpoch,
  { queue, clock }: { queue: ReviewQueue; clock: number },
  rules: CohortRules,
): ClosedCohort | null {
  const { randomNumbers } = rules.draw;
  const staged = productionStrata(epoch).map((stratum): StagedStratum => {
    const candidates = stratum.candidates.map((output) => ({
      randomNumber: randomNumbers[output] ?? 1,
      final: queue.isFinal(output),
    }));
    const { rate, target, outputs } = stratum;
    const prefix = servedPrefix(rate, candidates);
    return { stratum, ...prefix, progress: { rate, target, population: outputs.length, cut: prefix.cut } };
  });
  const closing = cohortClosing({
    settled: epoch.closed,
    strata: staged.map(({ progress }) => progress),
    pastPatience: epoch.startsAt + (1 + PATIENCE_DAYS) * DAY_MS <= clock,
    pastDeadline: epoch.startsAt + (1 + rules.maturityDays) * DAY_MS <= clock,
  });
  if (closing === null) return null;
  const labels = staged.map((each) => stratumLabels(each, queue, rules));
  return {
    startsAt: epoch.startsAt,
    labels: labels.flat(),
    strata: staged.map((each, at) => cohortStratum(each, labels[at] ?? [], rules.stream)),
  };
}

function cohortStratum(
  { stratum, progress }: StagedStratum,
  labels: readonly ObservedLabel<number>[],
  { history }: Stream,
): CohortStratum {
  const { attribute, value } = stratum.key;
  let least = 1;
  for (const output of stratum.outputs) least = Math.min(least, history.sourceProbabilities[output] ?? 1);
  const planned = plannedCut(progress) * least;
  let drawn: number | null = null;
  for (const { inclusionProbability } of labels) drawn = Math.min(drawn ?? 1, inclusionProbability);
  return { attribute, value, planned: planned > 0 ? planned : null, drawn };
}

function productionStrata({ strata }: SampledEpoch): SampledStratum[] {
  return [...strata.values()].filter(
    ({ key, outputs }) =>
      key.phase === "PRODUCTION" && key.attribute !== TRUTH_ATTRIBUTE && outputs.length > 0,
  );
}

function stratumLabels(
  { stratum, cut, served }: StagedStratum,
  queue: ReviewQueue,
  rules: CohortRules,
): ObservedLabel<number>[] {
  const { history } = rules.stream;
  const prefix = stratum.candidates.slice(0, served);
  const scoreOf = (output: number) => {
    const score = history.scores[output] ?? Number.NaN;
    return queue.isFinal(output) && !Number.isNaN(score) ? score : null;
  };
  const labelled = prefix.filter((output) => scoreOf(output) !== null).length;
  return prefix.map((output) => {
    const source = history.sourceProbabilities[output] ?? 1;
    const probability = labelProbability({ cut, served, labelled }, source);
    const cluster = rules.declareClusters ? (history.clusters[output] ?? -1) : -1;
    return {
      externalId: rules.names[output] ?? "",
      cluster: cluster < 0 ? null : String(cluster),
      randomNumber: rules.draw.randomNumbers[output] ?? 1,
      inclusionProbability: rules.unsureCountsWrong
        ? drawnProbability(probability, { served, labelled })
        : probability,
      score: scoreOf(output),
      segments: rules.watched.of[output] ?? [],
    };
  });
}
