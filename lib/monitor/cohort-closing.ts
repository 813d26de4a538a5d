export interface StratumProgress {
  /** Below it, random numbers are candidates. */
  rate: number;
  /** Reviews that the plan foresees here. */
  target: number;
  /** All outputs of the stratum in the epoch. */
  population: number;
  /** Where its served prefix ends. */
  cut: number;
}

export type CohortClosing = "COMPLETE" | "DEADLINE";

/** Reviewers who keep to the budget exactly leave a few of each day behind: after so many days most of it is enough. */
export const PATIENCE_DAYS = 7;
export const MOST_OF_PLAN = 0.8;

/**
 * Whether the production samples of one epoch may be fed to the detectors: because in every stratum the served prefix reaches what
 * the plan counts on (more is drawn, as a reserve), because it reaches most of it and a week has gone by, or because their time is
 * over. Null: they wait. Depends on counts and calendars alone, and any prefix is a valid sample: what comes later is only lost.
 */
export function cohortClosing(epoch: {
  /** The true volumes are known, so that rates and targets move no more. */
  settled: boolean;
  strata: readonly StratumProgress[];
  /** PATIENCE_DAYS have gone by since its end. */
  pastPatience: boolean;
  pastDeadline: boolean;
}): CohortClosing | null {
  if (epoch.settled && epoch.strata.every((stratum) => stratum.cut >= plannedCut(stratum))) return "COMPLETE";
  if (epoch.settled && epoch.pastPatience && servedShare(epoch.strata) >= MOST_OF_PLAN) return "COMPLETE";
  return epoch.pastDeadline ? "DEADLINE" : null;
}

/** Share of the planned reviews that the served prefixes reach, in 0..1. */
function servedShare(strata: readonly StratumProgress[]): number {
  let planned = 0;
  let served = 0;
  for (const stratum of strata) {
    const cut = plannedCut(stratum);
    planned += cut * stratum.population;
    served += Math.min(cut, stratum.cut) * stratum.population;
  }
  return planned > 0 ? served / planned : 0;
}

/** Random number up to which the plan counts on reviews; 0 for a stratum without traffic. */
export function plannedCut({ rate, target, population }: Omit<StratumProgress, "cut">): number {
  return population > 0 ? Math.min(rate, target / population) : 0;
}
