export interface ServedCandidate {
  /** Permanent random number of the sampling unit, below the rate; units of one cluster share it. */
  randomNumber: number;
  /** True when nobody has to look at it any more, whatever came of it. */
  final: boolean;
}

export interface ServedPrefix {
  /** Probability with which a unit got into the prefix: random numbers below it did. In [0, rate]. */
  cut: number;
  /** Candidates in the prefix, counted from the first. */
  served: number;
}

/**
 * The part of a stratum's queue that the detectors may see: the longest prefix, in the order of the random numbers, of which at
 * least 95 % are final. Where it ends depends on who was looked at, never on what the look said. A few that nobody finished may
 * stay in it: waiting for the last one would let a single hard output hold back a day.
 *
 * @param candidates those with a random number below the rate, rising. @throws RangeError when they do not rise
 */
export function servedPrefix(rate: number, candidates: readonly ServedCandidate[]): ServedPrefix {
  let prefix: ServedPrefix = { cut: candidates[0]?.randomNumber ?? rate, served: 0 };
  let final = 0;
  for (const [at, candidate] of candidates.entries()) {
    if (candidate.final) final += 1;
    const served = at + 1;
    const next = candidates[served]?.randomNumber ?? rate;
    if (!(candidate.randomNumber <= next && candidate.randomNumber < rate))
      throw new RangeError("Candidates must come in the order of their random numbers, below the rate.");
    // A cluster stands or falls as a whole; in whole numbers, because 0.95 is none.
    if (next > candidate.randomNumber && 20 * final >= 19 * served) prefix = { cut: next, served };
  }
  return prefix;
}
