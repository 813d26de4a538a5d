export type QueueCandidate = {
  /** The permanent random number u of the sampling unit, in [0, rate). */
  randomNumber: number;
  /** True when its review is settled, cannot-judge included; false when nobody has finished it. */
  processed: boolean;
};

export type EffectiveProbability<Candidate> = {
  /** π₂ in [0, rate]; 0 (which has probability 2^-52) leaves no usable candidate. */
  samplingProbability: number;
  /** Processed candidates that the estimate uses, each with π₂. */
  usable: Candidate[];
  /** Processed candidates beyond the first unprocessed one: kept, but not used in estimates. */
  surplus: Candidate[];
};

/**
 * Sampling probability at the close of an epoch when the queue may be unfinished, from the first gap alone.
 *
 * Formula: π₂ = min(rate, smallest u among the unprocessed candidates). It equals rate · c with
 * c = min key of the unprocessed candidates, key = u / rate.
 *
 * @param rate the stratum's rate in the epoch, in (0, 1].
 * @param smallestUnprocessed the smallest u of an unprocessed candidate, in [0, rate); null when none is left.
 * @returns π₂, a probability in [0, rate].
 * @throws RangeError when the rate is not in (0, 1] or the random number is not in [0, rate).
 * @see Ohlsson, "Sequential Poisson sampling", J. Official Statistics 14, 1998; Duffield, Lund & Thorup,
 *   "Priority sampling", J. ACM 54, 2007.
 * @example thresholdProbability(0.2, 0.13) // 0.13
 */
export function thresholdProbability(rate: number, smallestUnprocessed: number | null): number {
  if (!(rate > 0 && rate <= 1)) throw new RangeError(`The rate must be above 0 and at most 1, got ${rate}.`);
  if (smallestUnprocessed === null) return rate;
  if (!(smallestUnprocessed >= 0 && smallestUnprocessed < rate)) {
    throw new RangeError(
      `A candidate's random number must lie in 0 to the rate, got ${smallestUnprocessed}.`,
    );
  }
  return smallestUnprocessed;
}

/**
 * Sampling probability of one stratum and epoch, and which processed candidates it applies to.
 *
 * Formula: π₂ = min(rate, smallest u among the unprocessed); processed candidates with u ≥ π₂ are surplus.
 * Reviewing in the order of u therefore loses nothing, and an unfinished queue is a sample at a lower rate.
 *
 * @param rate the stratum's rate in the epoch, in (0, 1].
 * @param candidates all candidates of the stratum and epoch in any order; units of one cluster share a u.
 * @returns π₂ and the processed candidates, split into usable and surplus, in the given order.
 * @throws RangeError when the rate is not in (0, 1] or a random number is not in [0, rate).
 * @see Ohlsson 1998; Cohen & Kaplan, "Summarizing data using bottom-k sketches", PODC 2007 (rank conditioning).
 * @example effectiveProbability(0.5, [{ randomNumber: 0.1, processed: true },
 *   { randomNumber: 0.2, processed: false }]).samplingProbability // 0.2
 */
export function effectiveProbability<Candidate extends QueueCandidate>(
  rate: number,
  candidates: readonly Candidate[],
): EffectiveProbability<Candidate> {
  let samplingProbability = thresholdProbability(rate, null);
  for (const { randomNumber, processed } of candidates) {
    const own = thresholdProbability(rate, randomNumber);
    if (!processed) samplingProbability = Math.min(samplingProbability, own);
  }
  const done = candidates.filter((candidate) => candidate.processed);
  return {
    samplingProbability,
    usable: done.filter((candidate) => candidate.randomNumber < samplingProbability),
    surplus: done.filter((candidate) => candidate.randomNumber >= samplingProbability),
  };
}
