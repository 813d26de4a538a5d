import { cohortClosing, PATIENCE_DAYS } from "@/lib/monitor/cohort-closing";
import type { ObservedLabel } from "@/lib/monitor/cohort-observations";
import { drawnProbability, labelProbability } from "@/lib/monitor/label-probability";
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
}

interface StagedStratum extends ServedPrefix {
  stratum: SampledStratum;
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
    return { stratum, ...servedPrefix(stratum.rate, candidates) };
  });
  const closing = cohortClosing({
    settled: epoch.closed,
    strata: staged.map(({ stratum: { rate, target, outputs }, cut }) => ({
      rate,
      target,
      population: outputs.length,
      cut,
    })),
    pastPatience: epoch.startsAt + (1 + PATIENCE_DAYS) * DAY_MS <= clock,
    pastDeadline: epoch.startsAt + (1 + rules.maturityDays) * DAY_MS <= clock,
  });
  if (closing === null) return null;
  return { startsAt: epoch.startsAt, labels: staged.flatMap((each) => stratumLabels(each, queue, rules)) };
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
