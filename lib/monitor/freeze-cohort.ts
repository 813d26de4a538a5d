import { type CohortClosing, cohortClosing, plannedCut } from "./cohort-closing";
import { labelProbability } from "./label-probability";
import type { WaitingStratum } from "./read-waiting-epochs";
import { servedPrefix } from "./served-prefix";

export interface FrozenLabel {
  outputId: string;
  stratumId: string;
  randomNumber: number;
  inclusionProbability: number;
  /** Null: unsure, or one of the few that nobody had finished. */
  score: number | null;
}

export interface FrozenStratum {
  stratumId: string;
  /** Share of its outputs that the plan counted on; above 0. */
  plannedShare: number;
}

export interface FrozenCohort {
  epochId: string;
  closing: CohortClosing;
  /** Those in which the plan counted on reviews. */
  strata: FrozenStratum[];
  labels: FrozenLabel[];
}

/** The cohort of one epoch with its labels, or null while it has to wait or when there was no traffic to sample. */
export function freezeCohort(strata: readonly WaitingStratum[]): FrozenCohort | null {
  const [first] = strata;
  if (!first || strata.every(({ population }) => population === 0)) return null;
  const served = strata.map((stratum) => ({ stratum, prefix: prefixOf(stratum) }));
  const closing = cohortClosing({
    settled: first.settled,
    pastPatience: first.pastPatience,
    pastDeadline: first.pastDeadline,
    strata: served.map(({ stratum, prefix }) => ({ ...stratum, cut: prefix.cut })),
  });
  if (!closing) return null;
  const planned = strata.map((stratum) => ({
    stratumId: stratum.stratumId,
    plannedShare: plannedCut(stratum),
  }));
  const labels = served.flatMap(({ stratum, prefix }) => labelsOf(stratum, prefix));
  return {
    epochId: first.epochId,
    closing,
    strata: planned.filter(({ plannedShare }) => plannedShare > 0),
    labels,
  };
}

function prefixOf({ rate, randomNumbers, finals }: WaitingStratum) {
  const candidates = randomNumbers.map((randomNumber, at) => ({ randomNumber, final: finals[at] === true }));
  return servedPrefix(rate, candidates);
}

function labelsOf(stratum: WaitingStratum, { cut, served }: ReturnType<typeof prefixOf>): FrozenLabel[] {
  const { stratumId, outputIds, randomNumbers, sourceProbabilities, scores } = stratum;
  const labelled = scores.slice(0, served).filter((score) => score !== null).length;
  return outputIds.slice(0, served).map((outputId, at) => ({
    outputId,
    stratumId,
    randomNumber: randomNumbers[at] ?? 0,
    inclusionProbability: labelProbability({ cut, served, labelled }, sourceProbabilities[at] ?? 1),
    score: scores[at] ?? null,
  }));
}
