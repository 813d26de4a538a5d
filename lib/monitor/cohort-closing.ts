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

/**
 * Whether the production samples of one epoch may be fed to the detectors: because in every stratum the served prefix reaches what
 * the plan counts on (more is drawn, as a reserve), or because their time is over. Null: they wait. Depends on counts alone.
 */
export function cohortClosing(epoch: {
  /** The true volumes are known, so that rates and targets move no more. */
  settled: boolean;
  strata: readonly StratumProgress[];
  pastDeadline: boolean;
}): CohortClosing | null {
  if (epoch.settled && epoch.strata.every((stratum) => stratum.cut >= plannedCut(stratum))) return "COMPLETE";
  return epoch.pastDeadline ? "DEADLINE" : null;
}

/** Random number up to which the plan counts on reviews; 0 for a stratum without traffic. */
export function plannedCut({ rate, target, population }: Omit<StratumProgress, "cut">): number {
  return population > 0 ? Math.min(rate, target / population) : 0;
}
